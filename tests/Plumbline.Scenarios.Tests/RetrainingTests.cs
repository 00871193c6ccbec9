using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.Loop.Home;
using Plumbline.Loop.Project;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Quality;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

/// <summary>The automatic triggers of a training: the real alarm, the real rules, real builds.</summary>
[Collection(Lanes.Loops)]
public sealed class RetrainingTests
{
    private static readonly TimeSpan LongerThanThePeriod = TimeSpan.FromSeconds(301);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [ProgramFact("git", "bwrap")]
    public async Task Two_alarms_a_repeated_event_and_a_push_during_a_training_make_one_execution()
    {
        await using var running = await RunningLoop.StartAsync(Slowly);
        await running.GoIntoProductionAsync();
        await AccuracyIsAsync(running, 0.95, "OK");

        await AccuracyIsAsync(running, 0.40, "ALARM");
        await DecidedAsync(running, "alarm", 1);
        var execution = (await running.ExecutionsAsync())[^1];
        await new WorkTree(running.Project).CommitAllAsync("Meanwhile", CancellationToken.None, allowEmpty: true);
        (await running.PlumbAsync("push")).Succeeded();
        await AccuracyIsAsync(running, 0.95, "OK");
        // In the same period, where the average of both values is not under the threshold.
        await PublishAsync(running, 0.70, "ALARM");
        await DecidedAsync(running, "alarm", 2);
        await PutStillLowAsync(running);
        await PutStillLowAsync(running);
        await DecidedAsync(running, "alarm", 4);

        (await running.ExecutionsAsync())
            .Select(one => one.PipelineExecutionArn)
            .Last()
            .ShouldBe(execution.PipelineExecutionArn);
        (await running.ExecutionsAsync()).Count.ShouldBe(2);
        var decisions = (await running.Loop.History.ReadAsync()).Where(entry => entry.Act.What == "retrain").ToList();
        decisions
            .Select(entry => (entry.Act.Subject, entry.Outcome!.Outcome))
            .ShouldBe([
                ("push", "started"),
                ("alarm", "started"),
                ("push", "refused"),
                ("alarm", "refused"),
                ("alarm", "refused"),
                ("alarm", "refused"),
            ]);
        decisions
            .Where(entry => entry.Outcome!.Outcome == "refused")
            .Select(entry => entry.Outcome!.Detail)
            // If two ask at the same time, the second finds the lease before it finds the execution.
            .ShouldAllBe(detail =>
                detail.Contains("An execution is in progress", StringComparison.Ordinal)
                || detail.Contains("Another retraining is being decided", StringComparison.Ordinal)
            );
        await StopAsync(running, execution);
    }

    /// <summary>
    /// Makes a second training that lasts until the test has tried all other triggers; only this running training must
    /// refuse them.
    /// </summary>
    private static string Slowly(string yaml) =>
        yaml.Replace("addedRounds: 20 ", "addedRounds: 100000 ", StringComparison.Ordinal)
        + "\nretraining:\n  coolDown: 0s\n  minNewLabels: 0\n";

    /// <summary>Publishes an accuracy like the monitor.</summary>
    private static async Task AccuracyIsAsync(RunningLoop running, double accuracy, string state)
    {
        await running.AdvanceAsync(LongerThanThePeriod);
        await PublishAsync(running, accuracy, state);
    }

    private static async Task PublishAsync(RunningLoop running, double accuracy, string state)
    {
        var names = running.Loop.Names;
        await running.Loop.Clients.CloudWatch.PutMetricDataAsync(
            new JsonObject
            {
                ["Namespace"] = running.Loop.Project.Monitor.Namespace,
                ["MetricData"] = new JsonArray(
                    new JsonObject
                    {
                        ["MetricName"] = MetricKind.Accuracy,
                        ["Value"] = accuracy,
                        ["Dimensions"] = new JsonArray(
                            Dimension(ModelQualityMetric.EndpointDimension, names.Endpoint),
                            Dimension(ModelQualityMetric.ScheduleDimension, names.MonitorRule)
                        ),
                    }
                ),
            }
        );
        var alarm = new JsonObject { ["AlarmNames"] = new JsonArray(names.AccuracyAlarm) };
        await Eventually.Async(async () =>
            (await running.Loop.Clients.CloudWatch.DescribeAlarmsAsync(alarm)).MetricAlarms.Single().StateValue == state
        );
    }

    private static JsonObject Dimension(string name, string value) => new() { ["Name"] = name, ["Value"] = value };

    /// <summary>Sends the event of a monitor that finds the alarm still on.</summary>
    private static Task PutStillLowAsync(RunningLoop running) =>
        running.Loop.Clients.Events.PutEventsAsync(
            new JsonObject
            {
                ["Entries"] = new JsonArray(
                    new JsonObject
                    {
                        ["Source"] = MonitorEvent.Source,
                        ["DetailType"] = MonitorEvent.StillLow,
                        ["Detail"] = new JsonObject { ["project"] = running.Loop.Names.Project }.ToJsonString(),
                    }
                ),
            }
        );

    private static Task<List<HistoryEntry>> DecidedAsync(RunningLoop running, string trigger, int count) =>
        Eventually.Async(
            async () =>
                (await running.Loop.History.ReadAsync())
                    .Where(entry => entry.Act.What == "retrain" && entry.Act.Subject == trigger)
                    .Where(entry => entry.Outcome is not null)
                    .ToList(),
            decided => decided.Count == count,
            Patience
        );

    private static async Task StopAsync(RunningLoop running, PipelineExecutionSummary execution)
    {
        await running.Loop.Clients.SageMaker.StopPipelineExecutionAsync(
            new JsonObject { ["PipelineExecutionArn"] = execution.PipelineExecutionArn }
        );
        var ended = await running.EndedAsync(2);
        ended[^1].PipelineExecutionStatus.ShouldBe("Stopped");
    }
}
