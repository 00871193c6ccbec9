using Plumbline.Jobs.Compare;
using Plumbline.Jobs.Evaluate;
using Plumbline.Jobs.Processing;
using Plumbline.Jobs.Tests.Evaluate;
using Plumbline.Records;
using Plumbline.Records.Comparison;
using Plumbline.Records.Data;
using Plumbline.Testing;

namespace Plumbline.Jobs.Tests.Compare;

public sealed class CompareTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ProcessingFolders compare;

    public CompareTests() => compare = new ProcessingFolders(folder.At("compare"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_better_trained_model_is_taken_before_one_that_is_like_production()
    {
        await EvaluateAsync("production", rounds: 1);
        await EvaluateAsync("old", rounds: 1);
        await EvaluateAsync("new", rounds: 40);
        var report = await CompareCommand.RunAsync(TrainedModels.Project(), compare, CancellationToken.None);
        report.Recommended.ShouldBe("new");
        report.New!.Accepted.ShouldBe("true");
        report.Old!.Reason.ShouldStartWith("Not worse than production");
        report.Old.Recent.Discordant.ShouldBe(0);
        var json = File.ReadAllText(Path.Combine(compare.Output("comparison"), "comparison.json"));
        RecordJson.Read<ComparisonReport>(json, "comparison.json").Reason.ShouldBe(report.Reason);
        json.ShouldContain("\"accepted\": \"true\"");
    }

    [Fact]
    public async Task Without_an_old_candidate_the_comparison_says_why()
    {
        const string Reason = "The old candidate is left out: production was trained without the column z.";
        await EvaluateAsync("production", rounds: 1);
        await EvaluateAsync("new", rounds: 40);
        var prepared = new PrepareReport
        {
            HasParent = "true",
            ParentReason = "",
            Contest = "newOnly",
            LeftOut = Reason,
            DatasetVersion = "",
            ManifestUri = "",
            TrainUri = "",
            ValidationUri = "",
            TestUri = "",
            LabelsAdded = 0,
            TrainRows = 1,
            RecentRows = 1,
            BaseRows = 1,
        };
        folder.Write("compare/processing/input/prepare/prepare.json", RecordJson.WriteDocument(prepared));

        var report = await CompareCommand.RunAsync(TrainedModels.Project(), compare, CancellationToken.None);

        report.Old.ShouldBeNull();
        report.LeftOut.ShouldBe(Reason);
        report.New!.Reason.ShouldEndWith(Reason);
        report.Reason.ShouldEndWith(Reason);
        report.Recommended.ShouldBe("new");
    }

    [Fact]
    public async Task The_blend_of_a_refresh_is_compared_with_production_alone()
    {
        await EvaluateAsync("production", rounds: 1);
        await EvaluateAsync("blend", rounds: 40);

        var report = await CompareCommand.RunAsync(TrainedModels.Project(), compare, CancellationToken.None);

        report.Recommended.ShouldBe("blend");
        (report.Old, report.New).ShouldBe((null, null));
        report.Blend!.Accepted.ShouldBe("true");
        report.Reason.ShouldStartWith("Take the blend: right on ");
    }

    [Fact]
    public async Task A_refresh_that_is_worse_than_production_changes_nothing()
    {
        await EvaluateAsync("production", rounds: 40);
        await EvaluateAsync("blend", rounds: 1);

        var report = await CompareCommand.RunAsync(TrainedModels.Project(), compare, CancellationToken.None);

        report.Recommended.ShouldBe("none");
        report.Blend!.ApprovalStatus.ShouldBe("Rejected");
        report.Reason.ShouldStartWith("Keep the model in production: blend right on ");
    }

    [Fact]
    public async Task A_missing_evaluation_is_named()
    {
        await EvaluateAsync("old", rounds: 1);
        var error = await Should.ThrowAsync<UserError>(() =>
            CompareCommand.RunAsync(TrainedModels.Project(), compare, CancellationToken.None)
        );
        error.Message.ShouldBe("input new: must have evaluation.json and predictions.csv");
    }

    private async Task EvaluateAsync(string role, int rounds)
    {
        var job = new ProcessingFolders(folder.At(role));
        TrainedModels.Write(job.Input("model"), rounds);
        folder.Write($"{role}/processing/input/test/base.csv", SampleData.Csv(200, seed: 2));
        folder.Write($"{role}/processing/input/test/recent.csv", SampleData.Csv(1000, seed: 3));
        var project = TrainedModels.Project();
        project = project with { Quality = project.Quality with { Slices = [] } };
        await EvaluateCommand.RunAsync(project, role, job, DateTimeOffset.UnixEpoch, CancellationToken.None);
        Directory.CreateDirectory(Path.GetDirectoryName(compare.Input(role))!);
        Directory.Move(job.Output("evaluation"), compare.Input(role));
    }
}
