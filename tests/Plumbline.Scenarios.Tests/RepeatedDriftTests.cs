using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Loop.Registry;
using Plumbline.Records;
using Plumbline.Records.Recipes;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

/// <summary>
/// The loop recovers several times by its own schedule, with only the resources of its stack and without any action but
/// traffic and labels. It serves blends of recipes, of which each continues from the record of the one before.
/// </summary>
[Trait(Nightly.Part, "drifts")]
public sealed class RepeatedDriftTests
{
    private const int Drifts = 5;

    [NightlyFact("git", "bwrap")]
    public async Task Each_of_several_drifts_in_a_row_sets_off_one_alarm_and_is_healed()
    {
        await using var running = await RunningLoop.StartAsync(
            yaml =>
                Regions
                    .Quickly(yaml)
                    .Replace("rounds: 10 ", "recipes: [decay, recent, first]\n  rounds: 10 ", StringComparison.Ordinal)
                + "approval: recommended\n",
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
        await EachCandidateIsRegisteredAndTheBlendServesAsync(running);
    }

    private static async Task EachCandidateIsRegisteredAndTheBlendServesAsync(RunningLoop running)
    {
        var versions = await new ModelRegistry(running.Loop).ListAsync();
        versions
            .Select(version => version.Role)
            .ShouldBe([
                "first",
                .. Enumerable.Repeat<string[]>(["old", "new", "blend"], Drifts).SelectMany(one => one),
            ]);
        // The blend is usual; after a change that leaves its weights behind, the new model is shown to be better.
        var served = versions.Where(version => version.Status == "Approved").Select(version => version.Role).ToList();
        served.Count.ShouldBe(1 + Drifts);
        served[1].ShouldBe("blend");
        served.Skip(1).ShouldAllBe(role => role == "blend" || role == "new" || role == "old");
        var blends = versions.Where(version => version.Role == "blend").ToList();
        blends.ShouldAllBe(version => version.Weights.Length > 0);
        blends[0].StatusReason!.ShouldContain("Take the blend: right on");
        var record = RecordJson.Read<RecipeRecord>(
            (await running.Loop.Bucket.FindTextAsync(Layout.Recipes)).ShouldNotBeNull(),
            Layout.Recipes
        );
        record.Losses.Times.Count.ShouldBeGreaterThan(100, "labels judged the models of the execution before");
        record.Models["first"].ShouldBe(versions[0].ModelUri);
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
