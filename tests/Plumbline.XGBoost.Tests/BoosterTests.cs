using Plumbline.Testing;
using Plumbline.XGBoost;
using Plumbline.XGBoost.Native;

namespace Plumbline.XGBoost.Tests;

public sealed class BoosterTests
{
    private static readonly Dictionary<string, string> Parameters = new()
    {
        ["objective"] = "multi:softprob",
        ["num_class"] = "3",
        ["max_depth"] = "3",
        ["seed"] = "1",
        ["nthread"] = "1",
    };

    [Fact]
    public void It_learns_and_predicts_in_place()
    {
        using var booster = Trained(20);
        var (features, labels) = SampleData.Make(200, seed: 2);
        var probabilities = new float[200 * 3];

        booster.Predict(features, 8, probabilities).ShouldBe(3);

        var right = Enumerable.Range(0, 200).Count(row => Winner(probabilities.AsSpan(row * 3, 3)) == (int)labels[row]);
        right.ShouldBeGreaterThan(170);
        booster.Features.ShouldBe(8);
        booster.Rounds.ShouldBe(20);
        booster.ReadObjective().ShouldBe(("multi:softprob", 3));
    }

    [Fact]
    public void A_saved_model_predicts_the_same_when_loaded()
    {
        using var booster = Trained(10);
        booster.SetAttribute("note", "kept");
        var (features, _) = SampleData.Make(50, seed: 3);
        var before = new float[150];
        var after = new float[150];
        booster.Predict(features, 8, before);

        using var loaded = Booster.Load(booster.Save());
        loaded.Predict(features, 8, after);

        after.ShouldBe(before);
        loaded.GetAttribute("note").ShouldBe("kept");
        loaded.GetAttribute("nothing").ShouldBeNull();
        loaded.ReadObjective().ShouldBe(("multi:softprob", 3));
    }

    [Fact]
    public void Many_threads_predict_with_one_booster()
    {
        using var booster = Trained(10);
        var (features, _) = SampleData.Make(64, seed: 4);
        var expected = new float[64 * 3];
        booster.Predict(features, 8, expected);

        Parallel.For(
            0,
            2000,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            i =>
            {
                var row = i % 64;
                var answer = new float[3];
                booster.Predict(features.AsSpan(row * 8, 8), 8, answer);
                answer.ShouldBe(expected[(row * 3)..(row * 3 + 3)]);
            }
        );
    }

    [Fact]
    public void Metrics_come_for_each_matrix()
    {
        var (features, labels) = SampleData.Make(300);
        using var train = DMatrix.FromRows(features, 8, labels);
        using var booster = Booster.Create(Parameters, train);
        booster.Update(0, train);

        booster
            .Evaluate(0, [("train", train), ("validation", train)])
            .ShouldMatch(@"^\[0\]\ttrain-mlogloss:\d\.\d+\tvalidation-mlogloss:\d\.\d+$");
    }

    [Fact]
    public void The_first_rounds_are_a_model_of_their_own()
    {
        using var booster = Trained(10);
        using var half = booster.FirstRounds(5);
        using var five = Trained(5);
        var (features, _) = SampleData.Make(20, seed: 5);
        var (a, b) = (new float[60], new float[60]);

        half.Predict(features, 8, a);
        five.Predict(features, 8, b);

        half.Rounds.ShouldBe(5);
        a.ShouldBe(b);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a model at all")]
    [InlineData("{\"learner\": 1}")]
    [InlineData("{\"version\":[1,7,4]")]
    public void What_is_no_model_is_refused_in_one_plain_line(string bytes)
    {
        var error = Should.Throw<XGBoostException>(() => Booster.Load(System.Text.Encoding.UTF8.GetBytes(bytes)));

        error.Message.ShouldStartWith("loading a model: ");
        error.Message.ShouldNotContain("\n");
        error.Message.ShouldNotContain(".cc");
        error.Message.ShouldNotContain("Stack trace");
    }

    [Fact]
    public void A_bad_parameter_shows_at_the_first_round()
    {
        var (features, labels) = SampleData.Make(10);
        using var train = DMatrix.FromRows(features, 8, labels);
        using var booster = Booster.Create([new("max_depth", "many")], train);

        var error = Should.Throw<XGBoostException>(() => booster.Update(0, train));

        error.Message.ShouldContain("max_depth");
        error.Message.ShouldNotContain("\n");
    }

    private static Booster Trained(int rounds)
    {
        var (features, labels) = SampleData.Make(1000);
        using var train = DMatrix.FromRows(features, 8, labels);
        var booster = Booster.Create(Parameters, train);
        for (var round = 0; round < rounds; round++)
        {
            booster.Update(round, train);
        }
        return booster;
    }

    private static int Winner(Span<float> probabilities)
    {
        var winner = 0;
        for (var i = 1; i < probabilities.Length; i++)
        {
            winner = probabilities[i] > probabilities[winner] ? i : winner;
        }
        return winner;
    }
}
