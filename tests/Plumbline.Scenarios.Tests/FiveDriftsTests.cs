using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Formats;
using Plumbline.Aws.Protocols;
using Plumbline.Loop.Deployment;
using Plumbline.Loop.GroundTruth;
using Plumbline.Loop.Monitoring;
using Plumbline.Records;
using Plumbline.Records.Monitoring;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

/// <summary>The loop heals again and again by its own schedule: nobody touches anything but traffic and labels.</summary>
[Collection("processes")]
public sealed class FiveDriftsTests
{
    private const int Drifts = 5;
    private const int Rows = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private int captured;

    [ProgramFact("git", "bwrap")]
    public async Task Five_drifts_in_a_row_set_off_five_alarms_and_each_is_healed()
    {
        await using var running = await RunningLoop.StartAsync(Describe, data: BaseData());
        (await running.PlumbAsync("push")).Succeeded();
        await DeployedAsync(running, 1);

        for (var drift = 1; drift <= Drifts; drift++)
        {
            var low = await MeasureAsync(running, drift, "drifted");
            low.Low.ShouldBeTrue(low.Explanation);
            await DeployedAsync(running, drift + 1);

            var healed = await MeasureAsync(running, drift, "healed");
            healed.Accuracy.ShouldNotBeNull(healed.Explanation).ShouldBeGreaterThan(0.9, healed.Explanation);
            await AlarmIsAsync(running, "OK");
        }

        var executions = await running.ExecutionsAsync();
        executions.Count.ShouldBe(1 + Drifts);
        executions.ShouldAllBe(one => one.Text("PipelineExecutionStatus") == "Succeeded");
        var acts = (await running.Loop.History.ReadAsync()).Where(entry => entry.Act.What == "retrain").ToList();
        acts.Select(entry => (entry.Act.Subject, entry.Outcome!.Outcome))
            .ShouldBe([("push", "started"), .. Enumerable.Repeat(("alarm", "started"), Drifts)]);
        acts.Select(entry => entry.Outcome!.Detail).ShouldBeUnique();
        (await AlarmsAsync(running)).ShouldBe(Drifts);
    }

    private static string Describe(string yaml) =>
        yaml.Replace("rounds: 100 ", "rounds: 10 ", StringComparison.Ordinal)
            .Replace("addedRounds: 20 ", "addedRounds: 10 ", StringComparison.Ordinal)
        + """
              auditShare: 100%
              minimumLabels: 50
            endpoint:
              bake: 0s
            approval: recommended
            retraining:
              coolDown: 0s
              minNewLabels: 50
              minPaired: 5

            """;

    /// <summary>Upper rows are yes: learned from x in [0, 3).</summary>
    private static string BaseData()
    {
        var csv = new StringBuilder("label,x,y\n");
        foreach (var (x, y) in Points(region: 0, 150, seed: 0))
        {
            csv.Append(CultureInfo.InvariantCulture, $"{(y > 0 ? "yes" : "no")},{x:0.####},{y:0.####}\n");
        }

        return csv.ToString();
    }

    /// <summary>Each drift comes from a region of its own, where all rows have one label: not the one of the region before.</summary>
    private static IEnumerable<(double X, double Y)> Points(int region, int count, int seed)
    {
        var random = new Random(seed);
        return Enumerable
            .Range(0, count)
            .Select(i => (10 * region + 3 * random.NextDouble(), (i % 2 == 0 ? 1 : -1) * (0.2 + random.NextDouble())));
    }

    /// <summary>A day's traffic and its labels, as a system delivers them; then midnight comes, and with it the measurement.</summary>
    private async Task<MonitorReport> MeasureAsync(RunningLoop running, int drift, string when)
    {
        // Away from the run before, which took a moment after midnight.
        await running.AdvanceAsync(TimeSpan.FromMinutes(10));
        var loop = running.Loop;
        var id = $"{when}-{drift}";
        var points = Points(drift, Rows, seed: 2 * drift + (when == "healed" ? 1 : 0));
        var body = string.Join(
            '\n',
            points.Select(one => FormattableString.Invariant($"{one.X:0.####},{one.Y:0.####}"))
        );
        await loop.Clients.Runtime.InvokeEndpointAsync(
            new InferenceRequest(loop.Names.Endpoint, Encoding.ASCII.GetBytes(body), "text/csv") { InferenceId = id },
            CancellationToken.None
        );
        captured += Rows;
        var predictions = new CapturedPredictions(loop);
        await SeenAsync(() => predictions.CountAsync(), count => count >= captured);

        var label = drift % 2 == 0 ? "yes" : "no";
        var truths = Enumerable
            .Range(0, Rows)
            .Select(row => new GroundTruthRecord { EventId = $"{id}#{row}", Data = label }.ToLine() + "\n");
        var now = await loop.Clock.NowAsync();
        await loop.Bucket.PutTextAsync($"{Layout.GroundTruth}{Layout.Hour(now)}/{id}.jsonl", string.Concat(truths));

        var midnight = now.UtcDateTime.Date.AddDays(1);
        await running.AdvanceAsync(midnight - now.UtcDateTime);
        var reports = await SeenAsync(
            () => new MonitorRuns(loop, TimeProvider.System).ReportsAsync(1),
            reports => reports is [var newest] && newest.Window.At >= midnight
        );
        return reports[0];
    }

    private static Task<IReadOnlyList<LedgerEntry>> DeployedAsync(RunningLoop running, int count) =>
        SeenAsync(
            () => new Ledger(running.Loop).ReadAsync(),
            entries => entries.Count >= count && entries[^1].Deployed
        );

    /// <summary>Asks a few times a second: these questions are work for the cloud that they wait for.</summary>
    private static Task<T> SeenAsync<T>(Func<Task<T>> askAsync, Func<T, bool> fits) =>
        Eventually.Async(
            async () =>
            {
                await Task.Delay(250);
                return await askAsync();
            },
            fits,
            Patience
        );

    private static Task AlarmIsAsync(RunningLoop running, string state) =>
        Eventually.Async(
            async () =>
                (
                    await running.Loop.Clients.CloudWatch.DescribeAlarmsAsync(
                        new JsonObject { ["AlarmNames"] = new JsonArray(running.Loop.Names.AccuracyAlarm) }
                    )
                )
                    .Objects("MetricAlarms")
                    .Single()
                    .Text("StateValue") == state,
            Patience
        );

    private static async Task<int> AlarmsAsync(RunningLoop running)
    {
        var history = await running.Loop.Clients.CloudWatch.DescribeAlarmHistoryAsync(
            new JsonObject { ["AlarmName"] = running.Loop.Names.AccuracyAlarm, ["HistoryItemType"] = "StateUpdate" }
        );
        return history
            .Objects("AlarmHistoryItems")
            .Count(item => item.Text("HistorySummary")!.EndsWith("to ALARM", StringComparison.Ordinal));
    }
}
