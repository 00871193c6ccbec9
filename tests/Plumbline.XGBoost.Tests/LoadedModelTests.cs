using Plumbline.Testing;
using Plumbline.XGBoost;
using Plumbline.XGBoost.Inputs;
using Plumbline.XGBoost.Models;

namespace Plumbline.XGBoost.Tests;

public sealed class LoadedModelTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("multi:softprob", 3, true)]
    [InlineData("multi:softmax", 3, true)]
    [InlineData("binary:logistic", 2, true)]
    [InlineData("binary:logitraw", 2, true)]
    [InlineData("binary:hinge", 2, false)]
    [InlineData("reg:squarederror", 1, true)]
    [InlineData("reg:logistic", 1, true)]
    [InlineData("count:poisson", 1, true)]
    [InlineData("reg:tweedie", 1, true)]
    public void The_fast_way_gives_the_librarys_answers(string objective, int answers, bool flat)
    {
        using var model = Load(objective, []);

        (model.AnswersPerRow, model.IsFlat).ShouldBe((answers, flat));
        foreach (var rows in new[] { 1, 7, 8, 9, 64, 65, 200 })
        {
            foreach (var missing in new[] { false, true })
            {
                var features = Features(rows, missing);
                ShouldAgree(model, features, rows);
            }
        }
    }

    [Fact]
    public void Dropped_trees_are_left_to_the_library()
    {
        using var model = Load("multi:softprob", [new("booster", "dart"), new("rate_drop", "0.5")]);

        model.IsFlat.ShouldBeFalse();
        ShouldAgree(model, Features(20, missing: true), 20);
    }

    [Fact]
    public void Several_trees_a_round_and_a_base_score_are_fine()
    {
        using var forest = Load("binary:logistic", [new("num_parallel_tree", "3"), new("subsample", "0.5")]);
        using var shifted = Load("binary:logistic", [new("base_score", "0.1")]);

        (forest.IsFlat, shifted.IsFlat).ShouldBe((true, true));
        ShouldAgree(forest, Features(30, missing: true), 30);
        ShouldAgree(shifted, Features(30, missing: false), 30);
    }

    [Fact]
    public void A_description_that_is_of_another_model_is_refused()
    {
        Write("multi:softprob", [], new ModelDescription { Labels = ["a", "b"] });

        Should
            .Throw<InputException>(() => LoadedModel.From(ModelArchive.Read(folder.At("model"))))
            .Message.ShouldBe("model, plumbline-model.json: it names 2 classes, but the booster has 3");
    }

    public void Dispose() => folder.Dispose();

    private static void ShouldAgree(LoadedModel model, float[] features, int rows)
    {
        var mine = new float[rows * model.AnswersPerRow];
        var theirs = new float[rows * model.AnswersPerRow];
        model.Predict(features, mine);
        var width = model.Booster.Predict(features, 8, theirs);
        for (var i = 0; i < rows * width; i++)
        {
            var given = width == model.AnswersPerRow ? mine[i] : mine[2 * i + 1];
            given.ShouldBe(theirs[i], 1e-6 * Math.Max(1, Math.Abs(theirs[i])));
        }
    }

    private static float[] Features(int rows, bool missing)
    {
        var (features, _) = SampleData.Make(rows, seed: rows);
        for (var i = 0; missing && i < features.Length; i += 3)
        {
            features[i] = float.NaN;
        }
        return features;
    }

    private LoadedModel Load(string objective, KeyValuePair<string, string>[] others)
    {
        Write(objective, others, new ModelDescription());
        return LoadedModel.From(ModelArchive.Read(folder.At("model")));
    }

    private void Write(string objective, KeyValuePair<string, string>[] others, ModelDescription description)
    {
        var several = objective.StartsWith("multi", StringComparison.Ordinal);
        var (features, labels) = SampleData.Make(500, classes: several ? 3 : 2);
        // Missing values in training make each side the default of some node.
        for (var i = 0; i < features.Length; i += 5)
        {
            features[i] = float.NaN;
        }
        using var train = DMatrix.FromRows(features, 8, labels);
        var parameters = new List<KeyValuePair<string, string>>(others)
        {
            new("objective", objective),
            new("nthread", "1"),
        };
        if (several)
        {
            parameters.Add(new("num_class", "3"));
        }
        using var booster = Booster.Create(parameters, train);
        for (var round = 0; round < 7; round++)
        {
            booster.Update(round, train);
        }
        ModelArchive.Write(folder.At("model"), booster.Save(), description);
    }
}
