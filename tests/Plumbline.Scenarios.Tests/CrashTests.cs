using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

public sealed class CrashTests
{
    [ProgramFact("git", "bwrap")]
    public async Task An_execution_goes_on_after_kill_9_and_its_trainings_are_not_started_again()
    {
        await using var running = await RunningLoop.StartAsync(yaml =>
            yaml.Replace("rounds: 100 ", "rounds: 2000 ", StringComparison.Ordinal)
                .Replace("addedRounds: 20 ", "addedRounds: 2000 ", StringComparison.Ordinal)
        );
        await running.GoIntoProductionAsync();
        (await running.PlumbAsync("retrain")).Succeeded();
        await Eventually.Async(
            async () => (await JobsAsync(running)).Count(job => job.Text("TrainingJobStatus") == "InProgress"),
            count => count == 2
        );
        var before = await JobsAsync(running);

        await running.KillAndStartAsync();

        var executions = await running.EndedAsync(2);
        executions.Select(one => one.PipelineExecutionStatus).ShouldBe(["Succeeded", "Succeeded"]);
        var after = await JobsAsync(running);
        after
            .Select(job => job.Text("TrainingJobArn"))
            .ShouldBe(before.Select(job => job.Text("TrainingJobArn")), ignoreOrder: true);
        foreach (var job in before)
        {
            var (now, then) = (await DescribeAsync(running, job), job.Time("CreationTime"));
            now.Text("TrainingJobStatus").ShouldBe("Completed");
            now.Time("CreationTime").ShouldBe(then);
        }

        var versions = await running.Loop.Clients.SageMaker.ListModelPackagesAsync(
            new JsonObject { ["ModelPackageGroupName"] = running.Loop.Names.ModelPackageGroup }
        );
        versions.ModelPackageSummaryList.Count().ShouldBe(3);
    }

    private static async Task<List<JsonObject>> JobsAsync(RunningLoop running) =>
        (await running.Loop.Clients.SageMaker.ListTrainingJobsAsync()).Tree.Objects("TrainingJobSummaries").ToList();

    private static async Task<JsonObject> DescribeAsync(RunningLoop running, JsonObject job)
    {
        var input = new JsonObject { ["TrainingJobName"] = job.Text("TrainingJobName") };
        return (await running.Loop.Clients.SageMaker.DescribeTrainingJobAsync(input)).Tree;
    }
}
