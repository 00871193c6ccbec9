using Plumbline.Testing;

namespace Plumbline.Jobs.Tests.Train;

[Collection("processes")]
public sealed class CheckpointTests
{
    private const int SigTerm = 15;
    private const int SigKill = 9;

    private static Dictionary<string, string> Sampled =>
        new(TrainingJob.Digits3)
        {
            ["num_round"] = "60",
            ["subsample"] = "0.8",
            ["colsample_bytree"] = "0.5",
            ["colsample_bynode"] = "0.8",
            ["tree_method"] = "hist",
            ["checkpoint_interval"] = "7",
        };

    [Theory]
    [InlineData(SigTerm)]
    [InlineData(SigKill)]
    public async Task A_job_that_was_interrupted_ends_with_the_very_same_model(int signal)
    {
        using var whole = Job();
        await whole.SucceedAsync();
        using var job = Job();
        using (var first = job.Start())
        {
            await first.PrintedAsync("[20]#011");
            first.Signal(signal);
            (await first.ExitCodeAsync()).ShouldNotBe(0);
            first.Output.ShouldNotContain("[59]#011");
        }
        Directory.GetFiles(job["checkpoints"], "xgboost-checkpoint.*").Length.ShouldBeInRange(1, 3);

        var output = await job.SucceedAsync();

        output.ShouldContain("continuing from the checkpoint after round ");
        output.ShouldNotContain("[13]#011");
        job.Booster.ShouldBe(whole.Booster);
    }

    [Theory]
    [InlineData("tree_method", "exact")]
    [InlineData("tree_method", "approx")]
    [InlineData("tree_method", "auto")]
    [InlineData("colsample_bytree", "1")]
    [InlineData("subsample", "1")]
    [InlineData("num_parallel_tree", "3")]
    public async Task Whatever_is_drawn_a_resumed_training_draws_the_same(string name, string value)
    {
        using var whole = Job((name, value), ("colsample_bynode", "1"), ("num_round", "20"));
        await whole.SucceedAsync();
        using var half = Job((name, value), ("colsample_bynode", "1"), ("num_round", "10"));
        await half.SucceedAsync();
        using var rest = Job((name, value), ("colsample_bynode", "1"), ("num_round", "20"));
        File.Copy(half["model/xgboost-model"], rest["checkpoints/xgboost-checkpoint.10"]);

        (await rest.SucceedAsync()).ShouldContain("[10]#011");

        rest.Booster.ShouldBe(whole.Booster);
    }

    [Theory]
    [InlineData("hist")]
    [InlineData("exact")]
    [InlineData("approx")]
    [InlineData("auto")]
    public async Task Whatever_is_drawn_each_round_keeps_all_other_hyperparameters(string method)
    {
        // Trees that count for nearly nothing leave three classes equally likely: the loss is ln 3.
        using var job = Job(
            ("tree_method", method),
            ("eta", "0.000001"),
            ("colsample_bynode", "1"),
            ("num_round", "9")
        );

        (await job.SucceedAsync()).ShouldMatch(@"\[8\]#011train-mlogloss:1\.0986");
    }

    [Fact]
    public async Task Told_to_stop_it_says_how_far_it_came_and_leaves_a_checkpoint_but_no_model()
    {
        using var job = Job(("num_round", "100000"));
        using var run = job.Start();
        await run.PrintedAsync("[3]#011");
        run.Signal(SigTerm);

        (await run.ExitCodeAsync()).ShouldBe(1);

        job.Failure.ShouldMatch(
            @"^stopped after round \d+ of 100000; the checkpoint xgboost-checkpoint\.\d+ has these rounds$"
        );
        File.Exists(job["model/xgboost-model"]).ShouldBeFalse();
    }

    [Fact]
    public async Task Told_to_stop_it_leaves_its_model_where_asked_to()
    {
        using var job = Job(("num_round", "100000"), ("save_model_on_termination", "true"));
        using var run = job.Start();
        await run.PrintedAsync("[3]#011");
        run.Signal(SigTerm);

        (await run.ExitCodeAsync()).ShouldBe(0, run.Output);

        File.Exists(job["model/xgboost-model"]).ShouldBeTrue();
    }

    [Fact]
    public async Task A_broken_checkpoint_is_passed_over_for_the_one_before()
    {
        using var whole = Job(("num_round", "10"));
        await whole.SucceedAsync();
        using var job = Job(("num_round", "12"));
        File.Copy(whole["model/xgboost-model"], job["checkpoints/xgboost-checkpoint.10"]);
        File.WriteAllText(job["checkpoints/xgboost-checkpoint.11"], "broken");

        var output = await job.SucceedAsync();

        output.ShouldContain("checkpoint xgboost-checkpoint.11 is not used: ");
        output.ShouldContain("continuing from the checkpoint after round 10");
    }

    private static TrainingJob Job(params (string Name, string Value)[] others)
    {
        var hyperparameters = Sampled;
        foreach (var (name, value) in others)
        {
            hyperparameters[name] = value;
        }
        return new TrainingJob { Hyperparameters = hyperparameters }
            .With("train", SampleData.Csv(2000))
            .With("validation", SampleData.Csv(200, seed: 2))
            .WithCheckpoints();
    }
}
