using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Cli.Demo;
using Plumbline.Loop.Project;
using Plumbline.Loop.Resources;
using Plumbline.Loop.Training;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

/// <summary>People must get an alert when the loop itself fails, not only when its model does.</summary>
public sealed class AlertTests
{
    [ProgramFact("git", "bwrap")]
    public async Task Of_a_training_that_failed_and_of_a_build_that_failed()
    {
        await using var running = await RunningLoop.StartAsync();
        (await running.PlumbAsync("push")).Succeeded();
        await running.EndedAsync(1);
        var facts = new DemoFacts(running.Loop);
        (await facts.AlertsAsync(CancellationToken.None)).ShouldBeEmpty();

        // An execution with missing data, as if somebody had cleaned up the bucket.
        var failing = await running.Loop.Clients.SageMaker.StartPipelineExecutionAsync(
            new JsonObject
            {
                ["PipelineName"] = running.Loop.Names.TrainingPipeline,
                ["ClientRequestToken"] = new string('a', 32),
                ["PipelineParameters"] = new JsonArray(
                    new JsonObject
                    {
                        ["Name"] = "BaseDataUri",
                        ["Value"] = $"s3://{running.Loop.Names.Bucket}/data/base/gone.csv",
                    }
                ),
            }
        );
        var execution = failing.PipelineExecutionArn;
        (await AlertAsync(facts, execution)).ShouldBe(
            $"moons: the pipeline execution {execution} failed. plumb status and plumb logs say why."
        );

        await File.WriteAllTextAsync(
            Path.Combine(running.Project, "buildspec.yml"),
            "version: 0.2\nphases: {build: {commands: [exit 7]}}\n"
        );
        await new Loop.Project.WorkTree(running.Project).CommitAllAsync("Broken", CancellationToken.None);
        (await running.PlumbAsync("push")).ExitCode.ShouldNotBe(0);

        (await AlertAsync(facts, ":build/moons-build:")).ShouldMatch(
            "^moons: the build arn:aws:codebuild:[^ ]+:build/moons-build:[^ ]+ ended with FAILED. plumb status and the build's log say why.$"
        );
    }

    [ProgramFact("git", "bwrap")]
    public async Task Of_figures_that_do_not_come_any_more_and_not_before_the_first()
    {
        await using var running = await RunningLoop.StartAsync();
        var loop = running.Loop;
        var inputs = await TrainingInputs.OfAsync(running.Folder, null, CancellationToken.None);
        await new ResourceApplier(loop).ApplyAsync(inputs, null, CancellationToken.None);
        var facts = new DemoFacts(loop);
        await running.AdvanceAsync(TimeSpan.FromDays(5));
        await StateIsAsync("INSUFFICIENT_DATA");

        await loop.Clients.CloudWatch.PutMetricDataAsync(
            new JsonObject
            {
                ["Namespace"] = loop.Project.Monitor.Namespace,
                ["MetricData"] = new JsonArray(
                    new JsonObject
                    {
                        ["MetricName"] = "accuracy",
                        ["Dimensions"] = new JsonArray(
                            new JsonObject { ["Name"] = "Endpoint", ["Value"] = loop.Names.Endpoint },
                            new JsonObject { ["Name"] = "MonitoringSchedule", ["Value"] = loop.Names.MonitorRule }
                        ),
                        ["Value"] = 0.99,
                    }
                ),
            }
        );
        // A single missing measurement must not raise the alarm.
        await running.AdvanceAsync(TimeSpan.FromHours(30));
        await StateIsAsync("OK");
        (await OfFiguresAsync()).ShouldBeEmpty();

        await running.AdvanceAsync(TimeSpan.FromDays(3));

        await Eventually.Async(OfFiguresAsync, alerts => alerts.Count == 1);

        async Task<List<string>> OfFiguresAsync() =>
            [
                .. (await facts.AlertsAsync(CancellationToken.None)).Where(alert =>
                    alert.Contains(loop.Names.NoFigureAlarm, StringComparison.Ordinal)
                ),
            ];

        Task StateIsAsync(string state) =>
            Eventually.Async(
                () =>
                    loop.Clients.CloudWatch.DescribeAlarmsAsync(
                        new JsonObject { ["AlarmNames"] = new JsonArray(loop.Names.NoFigureAlarm) }
                    ),
                found => found.MetricAlarms.Single().StateValue == state
            );
    }

    private static async Task<string> AlertAsync(DemoFacts facts, string about)
    {
        var alerts = await Eventually.Async(
            () => facts.AlertsAsync(CancellationToken.None),
            all => all.Any(alert => alert.Contains(about, StringComparison.Ordinal))
        );
        var kept = JsonNode.Parse(alerts.Single(alert => alert.Contains(about, StringComparison.Ordinal)))!;
        // EventBridge's transformer sends a text with its quotes.
        return ((string)kept["notification"]!["message"]!).Trim('"');
    }
}
