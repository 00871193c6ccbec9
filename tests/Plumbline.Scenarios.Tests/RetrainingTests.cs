using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Loop.Home;
using Plumbline.Loop.Project;
using Plumbline.Loop.Retraining;
using Plumbline.Records;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Quality;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

/// <summary>The automatic triggers of a training: the real alarm, the real rules, real builds.</summary>
public sealed class RetrainingTests
{
    private static readonly TimeSpan LongerThanThePeriod = TimeSpan.FromSeconds(301);

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
            .ShouldAllBe(detail => detail.Contains("An execution is in progress", StringComparison.Ordinal));
        await StopAsync(running, 2);
    }

    [ProgramFact("git", "bwrap")]
    public async Task A_budget_refuses_the_alarm_until_the_next_month_and_a_waiting_version_only_until_there_is_a_newer_label()
    {
        await using var running = await RunningLoop.StartAsync(yaml =>
            yaml.Replace("rounds: 100 ", "rounds: 5 ", StringComparison.Ordinal)
            + "\nretraining:\n  coolDown: 0s\n  minNewLabels: 0\n"
        );
        await running.RegisterWithoutDeploymentsAsync();
        var first = await RetrainingOutlook.SpendAsync(running.Loop, default);
        // One more training in this month is too much, and one in the next month is not.
        var budget = first.Next!.Value + first.Spent / 2;
        await AppendAsync(running, FormattableString.Invariant($"  budget: {budget}\n"));
        (await running.PlumbAsync("push")).Succeeded();
        await StopAsync(running, 2);

        await AccuracyIsAsync(running, 0.40, "ALARM");
        var overBudget = (await DecidedAsync(running, "alarm", 1))[^1].Outcome!;
        await NextMonthAsync(running);
        await AlarmAgainAsync(running);
        var waits = (await DecidedAsync(running, "alarm", 2))[^1].Outcome!;
        await PutLabelAsync(running);
        await AlarmAgainAsync(running);
        var started = (await DecidedAsync(running, "alarm", 3))[^1].Outcome!;
        await running.EndedAsync(3);

        overBudget.Outcome.ShouldBe("refused");
        overBudget.Detail.ShouldStartWith($"The budget is used up: {MonthlySpend.Dollars(first.Spent)[..3]}");
        overBudget.Detail.ShouldContain(
            $" of the budget of {MonthlySpend.Dollars(budget)} are spent in {first.Month:yyyy-MM} by 2 trainings, and the next costs about {MonthlySpend.Dollars(first.Next.Value)}. `plumb retrain` trains all the same"
        );
        overBudget.Detail.ShouldContain("The alarm asked: ");
        waits.ShouldBe(waits with { Outcome = "refused" });
        waits.Detail.ShouldStartWith(
            "Version 1 awaits approval: approve or reject it (`plumb approve 1`). A newer one takes more labels than the 0 new labels since the newest registered version; 1 is needed."
        );
        started.Outcome.ShouldBe("started", started.Detail);
        started.Detail.ShouldContain("1 label is new");
        started.Detail.ShouldContain("Version 1 awaits approval: an accepted version of this training supersedes it.");
        started.Detail.ShouldContain($"are spent in {first.Month.AddMonths(1):yyyy-MM} by 0 trainings");
        (await running.PlumbAsync("cost", "--spent")).Succeeded().ShouldContain("by 1 training");
        await NobodyApprovesAnOlderVersionUnseenAsync(running);
    }

    /// <summary>Version 2 supersedes version 1, and both are pending.</summary>
    private static async Task NobodyApprovesAnOlderVersionUnseenAsync(RunningLoop running)
    {
        (await running.PlumbAsync("models")).Succeeded().ShouldContain("Superseded by 2");
        var unseen = await running.PlumbAsync("approve", "1", "--reason", "the first", "--no-wait");
        unseen.ExitCode.ShouldBe(2);
        unseen.Error.ShouldContain(
            "version 1: is older than version 2, which a later training made and which awaits a decision: look at that one (`plumb models`), or add `--despite 2` to approve version 1 all the same"
        );
        (await running.PlumbAsync("status")).Succeeded().ShouldContain("Version 2 awaits a decision");

        (await running.PlumbAsync("approve", "1", "--reason", "the first", "--despite", "2", "--no-wait")).Succeeded();

        (await running.Loop.History.ReadAsync())
            .Single(entry => entry.Act.What == "approve")
            .Outcome!.Detail.ShouldBe("Version 1 is Approved, although version 2 is newer.");
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

    /// <summary>Adds a line to the end of the description, and commits it.</summary>
    private static async Task AppendAsync(RunningLoop running, string line)
    {
        await File.AppendAllTextAsync(Path.Combine(running.Project, ProjectFolder.DescriptionFile), line);
        await new WorkTree(running.Project).CommitAllAsync("As the test wants it", CancellationToken.None);
    }

    /// <summary>
    /// Moves to the second hour of the next month, without the measurements of the days between: the first of them would
    /// find the alarm still on, and ask beside the alarm.
    /// </summary>
    private static async Task NextMonthAsync(RunningLoop running)
    {
        await running.Loop.Clients.Events.DisableRuleAsync(
            new JsonObject { ["Name"] = running.Loop.Names.MonitorRule }
        );
        var now = (await running.Loop.Clock.NowAsync()).UtcDateTime;
        await running.AdvanceAsync(new DateTime(now.Year, now.Month, 1).AddMonths(1).AddHours(1) - now);
    }

    private static async Task AlarmAgainAsync(RunningLoop running)
    {
        await AccuracyIsAsync(running, 0.95, "OK");
        await AccuracyIsAsync(running, 0.40, "ALARM");
    }

    /// <summary>Stores a label for a prediction, as the monitor stores a delivered one.</summary>
    private static async Task PutLabelAsync(RunningLoop running)
    {
        var now = await running.Loop.Clock.NowAsync();
        var labels = running.Loop.Project.Labels;
        var correction = new Correction
        {
            Id = Guid.CreateVersion7(now),
            JoinKey = "seen",
            InferenceTime = now,
            Endpoint = running.Loop.Names.Endpoint,
            Features = "0.5,0.25",
            Predicted = labels[0],
            Label = labels[1],
            List = ReviewList.Delivered,
            Reviewer = "s3://truths/today.jsonl",
            Time = now,
        };
        await running.Loop.Bucket.PutTextAsync(
            $"{Layout.Corrections}{Layout.Hour(now)}/{correction.Id}.jsonl",
            CorrectionLog.ToLine(correction) + "\n"
        );
    }

    private static Task<List<HistoryEntry>> DecidedAsync(RunningLoop running, string trigger, int count) =>
        Eventually.Async(
            async () =>
                (await running.Loop.History.ReadAsync())
                    .Where(entry => entry.Act.What == "retrain" && entry.Act.Subject == trigger)
                    .Where(entry => entry.Outcome is not null)
                    .ToList(),
            decided => decided.Count == count
        );

    /// <summary>Stops the newest execution, which is the one with this number.</summary>
    private static async Task StopAsync(RunningLoop running, int count)
    {
        var execution = (await running.ExecutionsAsync())[count - 1];
        await running.Loop.Clients.SageMaker.StopPipelineExecutionAsync(
            new JsonObject { ["PipelineExecutionArn"] = execution.PipelineExecutionArn }
        );
        var ended = await running.EndedAsync(count);
        ended[^1].PipelineExecutionStatus.ShouldBe("Stopped");
    }
}
