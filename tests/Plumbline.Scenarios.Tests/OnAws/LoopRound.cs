using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.Loop.Deployment;
using Plumbline.Loop.Home;
using Plumbline.Loop.Monitoring;
using Plumbline.Loop.Registry;
using Plumbline.Records.Monitoring;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests.OnAws;

/// <summary>Passes the whole loop once, using only the CLI, traffic and labels.</summary>
/// <param name="loop">Reads the loop's state, with a person's permissions.</param>
/// <param name="plumbAsync">Runs the CLI in the project.</param>
/// <param name="patience">The time limit for a training or a deployment.</param>
internal sealed class LoopRound(
    LoopContext loop,
    Func<IEnumerable<string>, Task<ShellResult>> plumbAsync,
    TimeSpan patience
)
{
    /// <summary>Goes from the first push through a drift and its retraining to a rollback.</summary>
    /// <param name="driftAsync">Sends drifted traffic with its labels; returns the measurement that follows.</param>
    public async Task GoAsync(Func<Task<MonitorReport>> driftAsync)
    {
        (await plumbAsync(["push"])).Succeeded();
        await TrainedAsync(1);
        (await plumbAsync(["approve", "1", "--reason", "the first"])).Succeeded();
        await LiveIsAsync(1);

        var low = await driftAsync();
        low.Low.ShouldBeTrue(low.Explanation);
        await TrainedAsync(2);
        var better = await RecommendedAsync();
        (await plumbAsync(["approve", $"{better}", "--reason", "it knows the drift"])).Succeeded();
        await LiveIsAsync(better);

        (await plumbAsync(["reject", $"{better}", "--reason", "a customer complains"])).Succeeded();
        await LiveIsAsync(1);
        var acts = await loop.History.ReadAsync();
        acts.Where(entry => entry.Act.What == "retrain")
            .Select(entry => (entry.Act.Subject, entry.Outcome!.Outcome))
            .ShouldBe([("push", "started"), ("alarm", "started")]);
    }

    /// <summary>Waits until the endpoint serves a version and the ledger has it.</summary>
    public async Task LiveIsAsync(long version)
    {
        var ledger = new Ledger(loop);
        await Days.SeenAsync(
            () => ledger.ReadAsync(),
            entries => entries is [.., { Deployed: true } newest] && newest.Version == version,
            patience
        );
        (await new ProductionModel(loop).FindAsync())!.PackageArn.ShouldBe(loop.Names.PackageArn(version));
    }

    /// <summary>Measures, and returns the report.</summary>
    public async Task<MonitorReport> MeasureAsync()
    {
        (await plumbAsync(["monitor", "run"])).Succeeded();
        return (await new MonitorRuns(loop, TimeProvider.System).ReportsAsync(1))[0];
    }

    /// <summary>Waits until this many trainings have succeeded.</summary>
    private async Task TrainedAsync(int count)
    {
        var ended = await Days.SeenAsync(
            ExecutionsAsync,
            all => all.Count >= count && all.All(one => one.PipelineExecutionStatus is not ("Executing" or "Stopping")),
            patience
        );
        foreach (var execution in ended)
        {
            var steps = await loop.Clients.SageMaker.ListPipelineExecutionStepsAsync(
                new JsonObject { ["PipelineExecutionArn"] = execution.PipelineExecutionArn }
            );
            execution.PipelineExecutionStatus.ShouldBe(
                "Succeeded",
                string.Join('\n', steps.PipelineExecutionSteps.Select(step => step.FailureReason))
            );
        }
    }

    /// <summary>The executions, oldest first; empty before the first build has made the pipeline.</summary>
    private async Task<IReadOnlyList<PipelineExecutionSummary>> ExecutionsAsync()
    {
        try
        {
            var listed = await loop.Clients.SageMaker.ListPipelineExecutionsAsync(
                new JsonObject { ["PipelineName"] = loop.Names.TrainingPipeline, ["SortOrder"] = "Ascending" }
            );
            return [.. listed.PipelineExecutionSummaries];
        }
        catch (Aws.Errors.AwsException missing) when (missing.Code == "ResourceNotFound")
        {
            return [];
        }
    }

    /// <summary>The version that the newest training's comparison recommends.</summary>
    private async Task<long> RecommendedAsync()
    {
        var registry = new ModelRegistry(loop);
        var execution = (await ExecutionsAsync())[^1].PipelineExecutionArn;
        var comparison = (await registry.ComparisonAsync(execution)).ShouldNotBeNull();
        return (await registry.ListAsync())
            .Last(model => model.GeneratedBy == execution && model.Role == comparison.Recommended)
            .Version;
    }
}
