using Plumbline.Testing;
using Plumbline.XGBoost.Blends;
using Plumbline.XGBoost.Inputs;
using Plumbline.XGBoost.Trees;

namespace Plumbline.XGBoost.Tests;

public sealed class BoosterBlendTests
{
    private const int Columns = 8;
    private const double Close = 1e-5;

    [Theory]
    [InlineData("binary:logistic", 2)]
    [InlineData("multi:softprob", 5)]
    [InlineData("reg:squarederror", 2)]
    [InlineData("count:poisson", 2)]
    public void A_blend_answers_with_the_weighted_mean_of_the_margins(string objective, int classes)
    {
        using var small = Trained(objective, classes, rounds: 5, seed: 1);
        using var large = Trained(objective, classes, rounds: 30, seed: 2, ("max_depth", "4"));
        using var middle = Trained(objective, classes, rounds: 12, seed: 3, ("eta", "0.1"));

        ShouldBlend([new("a", small, 0.2), new("b", large, 0.5), new("c", middle, 0.3)]);
    }

    [Theory]
    [InlineData("binary:logistic", 2, "0.999", "0.0001")]
    [InlineData("reg:squarederror", 2, "100", "-3")]
    [InlineData("multi:softprob", 3, "0.5", "2")]
    [InlineData("count:poisson", 2, "0.5", "40")]
    public void Base_scores_may_differ(string objective, int classes, string one, string other)
    {
        using var first = Trained(objective, classes, rounds: 4, seed: 1, ("base_score", one));
        using var second = Trained(objective, classes, rounds: 6, seed: 2, ("base_score", other));

        ShouldBlend([new("a", first, 0.4), new("b", second, 0.6)]);
    }

    [Fact]
    public void Several_trees_a_round_may_meet_one_tree_a_round()
    {
        using var forest = Trained("multi:softprob", 3, 4, seed: 1, ("num_parallel_tree", "3"), ("subsample", "0.5"));
        using var plain = Trained("multi:softprob", 3, 6, seed: 2);

        ShouldBlend([new("a", forest, 0.4), new("b", plain, 0.6)]);
    }

    [Fact]
    public void Splits_by_categories_stay()
    {
        using var first = Trained("binary:logistic", 2, rounds: 8, seed: 1, categories: true);
        using var second = Trained("binary:logistic", 2, rounds: 5, seed: 2, categories: true);

        ShouldBlend([new("a", first, 0.7), new("b", second, 0.3)], categories: true);
    }

    [Fact]
    public void Weights_count_by_their_share_and_a_part_without_weight_is_left_out()
    {
        using var first = Trained("binary:logistic", 2, rounds: 4, seed: 1);
        using var second = Trained("binary:logistic", 2, rounds: 6, seed: 2);
        using var unused = Trained("binary:logistic", 2, rounds: 50, seed: 3);

        using var blend = BoosterBlend.Merge([new("a", first, 3), new("b", second, 1), new("c", unused, 0)]);

        blend.Rounds.ShouldBe(10);
        ShouldBeMean(blend, [new("a", first, 0.75), new("b", second, 0.25)], Rows(100));
    }

    [Fact]
    public void A_blend_is_saved_blended_and_trained_like_any_model()
    {
        using var first = Trained("binary:logistic", 2, rounds: 4, seed: 1);
        using var second = Trained("binary:logistic", 2, rounds: 6, seed: 2);
        using var blend = BoosterBlend.Merge([new("a", first, 0.5), new("b", second, 0.5)]);
        using var loaded = Booster.Load(blend.Save());

        ShouldBlend([new("a", loaded, 0.5), new("b", second, 0.5)]);
        var (features, labels) = SampleData.Make(200, Columns, 2, seed: 9);
        using var rows = DMatrix.FromRows(features, Columns, labels);
        loaded.Update(loaded.Rounds, rows);
        loaded.Rounds.ShouldBe(11);
    }

    [Fact]
    public void The_record_of_one_training_does_not_go_into_the_blend()
    {
        using var first = Trained("binary:logistic", 2, rounds: 4, seed: 1);
        first.SetAttribute("best_iteration", "3");

        using var blend = BoosterBlend.Merge([new("a", first, 1)]);

        blend.GetAttribute("best_iteration").ShouldBeNull();
    }

    [Fact]
    public void Other_kinds_of_models_are_refused()
    {
        using var trees = Trained("binary:logistic", 2, rounds: 2, seed: 1);
        using var dart = Trained("binary:logistic", 2, rounds: 2, seed: 1, ("booster", "dart"));
        using var linear = Trained("binary:logistic", 2, rounds: 2, seed: 1, ("booster", "gblinear"));
        using var regression = Trained("reg:squarederror", 2, rounds: 2, seed: 1);
        using var several = Trained("multi:softprob", 3, rounds: 2, seed: 1);
        using var more = Trained("multi:softprob", 4, rounds: 2, seed: 1);

        Refusal(trees, dart)
            .ShouldBe(
                "recipe b: it is a DART model, which weights its trees at each answer and cannot be blended: train it with the hyperparameter booster=gbtree"
            );
        Refusal(trees, linear).ShouldStartWith("recipe b: it is a gblinear model");
        Refusal(trees, regression)
            .ShouldBe(
                "recipe b: the objective is reg:squarederror, but binary:logistic in recipe a: the parts of a blend must have the same"
            );
        Refusal(several, more).ShouldStartWith("recipe b: num_class is 4, but 3 in recipe a");
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(0)]
    public void A_weight_that_is_not_a_share_is_refused(double weight)
    {
        using var trees = Trained("binary:logistic", 2, rounds: 2, seed: 1);

        Should.Throw<ArgumentException>(() => BoosterBlend.Merge([new("a", trees, weight)]));
    }

    private static string Refusal(Booster first, Booster second) =>
        Should
            .Throw<InputException>(() => BoosterBlend.Merge([new("recipe a", first, 1), new("recipe b", second, 1)]))
            .Message;

    private static void ShouldBlend(BlendPart[] parts, bool categories = false)
    {
        using var blend = BoosterBlend.Merge(parts);
        blend.Rounds.ShouldBeGreaterThanOrEqualTo(parts.Sum(part => part.Booster.Rounds));
        ShouldBeMean(blend, parts, Rows(500, categories));
    }

    /// <summary>The parts' weights must add up to 1.</summary>
    private static void ShouldBeMean(Booster blend, BlendPart[] parts, float[] features)
    {
        using var rows = DMatrix.FromRows(features, Columns, []);
        var margins = blend.Predict(rows, margin: true);
        var theirs = parts.Select(part => part.Booster.Predict(rows, margin: true)).ToArray();
        for (var i = 0; i < margins.Length; i++)
        {
            var mean = parts.Zip(theirs, (part, own) => part.Weight * own[i]).Sum();
            ((double)margins[i]).ShouldBe(mean, Close * Math.Max(1, Math.Abs(mean)));
        }
        var perRow = margins.Length / rows.Rows;
        var answers = new float[margins.Length];
        blend.Predict(features, Columns, answers).ShouldBe(perRow);
        var flat = FlatModel.TryMake(blend, blend.ReadObjective().Name, perRow).ShouldNotBeNull();
        var own = new float[margins.Length];
        flat.Predict(features, own);
        own.Zip(answers).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) <= Close * Math.Max(1, pair.Second));
    }

    private static Booster Trained(
        string objective,
        int classes,
        int rounds,
        int seed,
        params (string Name, string Value)[] others
    ) => Trained(objective, classes, rounds, seed, categories: false, others);

    private static Booster Trained(
        string objective,
        int classes,
        int rounds,
        int seed,
        bool categories,
        params (string Name, string Value)[] others
    )
    {
        var (_, labels) = SampleData.Make(400, Columns, classes, seed);
        using var rows = DMatrix.FromRows(Rows(400, categories, seed), Columns, labels);
        if (categories)
        {
            rows.SetCategories([true, .. Enumerable.Repeat(false, Columns - 1)]);
        }
        var parameters = others
            .Select(one => KeyValuePair.Create(one.Name, one.Value))
            .Concat([new("objective", objective), new("nthread", "1"), new("tree_method", "hist")]);
        if (objective.StartsWith("multi", StringComparison.Ordinal))
        {
            parameters = parameters.Append(new("num_class", $"{classes}"));
        }
        var booster = Booster.Create(parameters.Where(one => !IsLinear(others) || one.Key != "tree_method"), rows);
        for (var round = 0; round < rounds; round++)
        {
            booster.Update(round, rows);
        }
        return booster;
    }

    private static bool IsLinear((string Name, string Value)[] others) => others.Contains(("booster", "gblinear"));

    /// <summary>Rows of the seed's labels, some values missing; the first feature may be a code from 0 to 9.</summary>
    private static float[] Rows(int count, bool categories = false, int seed = 77)
    {
        var (features, _) = SampleData.Make(count, Columns, seed: seed);
        for (var i = 0; i < features.Length; i++)
        {
            features[i] =
                i % 11 == 3 ? float.NaN
                : categories && i % Columns == 0 ? MathF.Floor(features[i] * 10)
                : features[i];
        }
        return features;
    }
}
