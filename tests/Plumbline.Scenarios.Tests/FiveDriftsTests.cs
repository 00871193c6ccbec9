using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

/// <summary>
/// The loop recovers several times by its own schedule, with only the resources of its stack and without any action but
/// traffic and labels.
/// </summary>
[Collection(Lanes.Loops)]
public sealed class FiveDriftsTests
{
    private const int Drifts = 5;

    [ProgramFact("git", "bwrap")]
    public async Task Five_drifts_in_a_row_set_off_five_alarms_and_each_is_healed()
    {
        await using var running = await RunningLoop.StartAsync(
            yaml => Regions.Quickly(yaml) + "approval: recommended\n",
            data: Regions.BaseData(),
            onStack: true
        );
        var days = new Days(running);
        (await running.PlumbAsync("push")).Succeeded();
        await days.DeployedAsync(1);

        for (var drift = 1; drift <= Drifts; drift++)
        {
            var low = await Regions.PassAsync(days, drift, "drifted");
            low.Low.ShouldBeTrue(low.Explanation);
            await days.DeployedAsync(drift + 1);

            var healed = await Regions.PassAsync(days, drift, "healed");
            healed.Value.ShouldNotBeNull(healed.Explanation).ShouldBeGreaterThan(0.9, healed.Explanation);
            await AlarmIsAsync(running, "OK");
        }

        var executions = await running.ExecutionsAsync();
        executions.Count.ShouldBe(1 + Drifts);
        executions.ShouldAllBe(one => one.PipelineExecutionStatus == "Succeeded");
        var acts = (await running.Loop.History.ReadAsync()).Where(entry => entry.Act.What == "retrain").ToList();
        acts.Select(entry => (entry.Act.Subject, entry.Outcome!.Outcome))
            .ShouldBe([("push", "started"), .. Enumerable.Repeat(("alarm", "started"), Drifts)]);
        acts.Select(entry => entry.Outcome!.Detail).ShouldBeUnique();
        (await AlarmsAsync(running)).ShouldBe(Drifts);
    }

    private static Task AlarmIsAsync(RunningLoop running, string state) =>
        Days.SeenAsync(
            async () =>
                (
                    await running.Loop.Clients.CloudWatch.DescribeAlarmsAsync(
                        new JsonObject { ["AlarmNames"] = new JsonArray(running.Loop.Names.AccuracyAlarm) }
                    )
                )
                    .MetricAlarms.Single()
                    .StateValue,
            found => found == state
        );

    private static async Task<int> AlarmsAsync(RunningLoop running)
    {
        var history = await running.Loop.Clients.CloudWatch.DescribeAlarmHistoryAsync(
            new JsonObject { ["AlarmName"] = running.Loop.Names.AccuracyAlarm, ["HistoryItemType"] = "StateUpdate" }
        );
        return history.AlarmHistoryItems.Count(item =>
            item.HistorySummary!.EndsWith("to ALARM", StringComparison.Ordinal)
        );
    }
}
