using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Pipelines;
using Plumbline.Pipelines.Steps;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.SageMaker.Pipelines;

/// <summary>The order of the steps, and executions that are stopped, tried again or continued.</summary>
[Collection("processes")]
public sealed class PipelineControlTests(RunningCloud running) : PipelineJobs(running), IClassFixture<RunningCloud>
{
    [Fact]
    public async Task No_more_steps_run_at_a_time_than_are_allowed()
    {
        var definition = new Pipeline
        {
            Steps = [.. Enumerable.Range(1, 3).Select(number => ShellSteps.Processing($"P{number}", "true"))],
        }.ToDefinition();
        await pipelines.CreateAsync("OneByOne", definition);
        var started = await pipelines.CallAsync(
            "StartPipelineExecution",
            new { PipelineName = "OneByOne", ParallelismConfiguration = new { MaxParallelExecutionSteps = 1 } }
        );
        var arn = started.Text("PipelineExecutionArn")!;

        (await pipelines.EndAsync(arn)).Text("PipelineExecutionStatus").ShouldBe("Succeeded");

        var steps = (await pipelines.StepsAsync(arn)).Values.OrderBy(step => step.Double("StartTime")).ToList();
        steps.Count.ShouldBe(3);
        foreach (var (before, after) in steps.Zip(steps.Skip(1)))
        {
            after.Double("StartTime")!.Value.ShouldBeGreaterThanOrEqualTo(before.Double("EndTime")!.Value);
        }
    }

    [Fact]
    public async Task A_stopped_execution_stops_its_jobs_and_starts_nothing_more()
    {
        var first = ShellSteps.Training("First", "exec sleep 600");
        await pipelines.CreateAsync(
            "Stopped",
            new Pipeline
            {
                Steps = [first, ShellSteps.Processing("Second", "true") with { DependsOn = [first] }],
            }.ToDefinition()
        );
        var arn = await pipelines.StartAsync("Stopped");
        await Eventually.Async(
            () => pipelines.StepsAsync(arn),
            steps => steps.GetValueOrDefault("First")?.Text("StepStatus") == "Executing"
        );

        await pipelines.CallAsync("StopPipelineExecution", new { PipelineExecutionArn = arn });
        (await pipelines.EndAsync(arn)).Text("PipelineExecutionStatus").ShouldBe("Stopped");

        var after = await pipelines.StepsAsync(arn);
        after.Keys.ShouldBe(["First"]);
        after["First"].Text("StepStatus").ShouldBe("Stopped");
        (await JobsAsync("First")).ShouldHaveSingleItem().Text("TrainingJobStatus").ShouldBe("Stopped");
    }

    [Fact]
    public async Task A_fail_step_stops_the_jobs_that_run()
    {
        var (status, steps) = await RunAsync(
            "FailsFast",
            ShellSteps.Training("Long", "exec sleep 600"),
            new FailStep("Enough") { ErrorMessage = "enough" }
        );

        status.ShouldBe("Failed");
        steps["Enough"].Text("FailureReason").ShouldBe("enough");
        if (steps.TryGetValue("Long", out var longest))
        {
            longest.Text("StepStatus").ShouldBe("Stopped");
        }
    }

    [Fact]
    public async Task A_retry_policy_makes_another_attempt_with_another_job()
    {
        var step = ShellSteps.Training(
            "Tries",
            $"[ -e {signal} ] || {{ echo CapacityError: none left > /opt/ml/output/failure; exit 1; }}"
        ) with
        {
            RetryPolicies = [new RetryPolicy(RetryExceptions.CapacityError) { IntervalSeconds = 3600 }],
        };
        await pipelines.CreateAsync("Tries", new Pipeline { Steps = [step] }.ToDefinition());
        var arn = await pipelines.StartAsync("Tries");
        await Eventually.Async(
            () => pipelines.StepsAsync(arn),
            steps => steps.GetValueOrDefault("Tries")?.Int("AttemptCount") == 2
        );

        await File.WriteAllTextAsync(signal, "");
        await cloud.MoveClockAsync(TimeSpan.FromHours(2));

        (await pipelines.EndAsync(arn)).Text("PipelineExecutionStatus").ShouldBe("Succeeded");
        (await JobsAsync("Tries"))
            .Select(job => job.Text("TrainingJobStatus"))
            .ShouldBe(["Failed", "Completed"], ignoreOrder: true);
    }

    [Fact]
    public async Task An_execution_goes_on_after_a_restart_and_no_job_runs_twice()
    {
        var first = ShellSteps.Training("Across", WaitForSignal);
        await pipelines.CreateAsync(
            "Restarted",
            new Pipeline
            {
                Steps = [first, ShellSteps.Processing("Then", "true") with { DependsOn = [first] }],
            }.ToDefinition()
        );
        var arn = await pipelines.StartAsync("Restarted");
        await Eventually.Async(
            () => pipelines.StepsAsync(arn),
            steps => steps.GetValueOrDefault("Across")?.Text("StepStatus") == "Executing"
        );

        await cloud.RestartAsync();
        await File.WriteAllTextAsync(signal, "");

        var again = new PipelineCalls(cloud);
        (await again.EndAsync(arn)).Text("PipelineExecutionStatus").ShouldBe("Succeeded");
        (await JobsAsync("Across")).Count.ShouldBe(1);
    }

    private async Task<IReadOnlyList<JsonObject>> JobsAsync(string step)
    {
        var listed = await cloud.CallAsync(
            "sagemaker",
            "ListTrainingJobs",
            new { NameContains = $"-{step}-", MaxResults = 100 }
        );
        return [.. listed.Objects("TrainingJobSummaries")];
    }
}
