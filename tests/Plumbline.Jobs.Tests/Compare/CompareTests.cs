using Plumbline.Jobs.Compare;
using Plumbline.Jobs.Evaluate;
using Plumbline.Jobs.Processing;
using Plumbline.Jobs.Tests.Evaluate;
using Plumbline.Records;
using Plumbline.Records.Comparison;
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
        report.New.Accepted.ShouldBe("true");
        report.Old.Reason.ShouldStartWith("Not worse than production");
        report.Old.Recent.Discordant.ShouldBe(0);
        var json = File.ReadAllText(Path.Combine(compare.Output("comparison"), "comparison.json"));
        RecordJson.Read<ComparisonReport>(json, "comparison.json").Reason.ShouldBe(report.Reason);
        json.ShouldContain("\"accepted\": \"true\"");
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
