using System.Text.Json.Nodes;
using Plumbline.Loop.Home;
using Plumbline.Records.Monitoring;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

/// <summary>Trainings that start before the figure misses the threshold.</summary>
[Trait(Nightly.Part, "drifts")]
public sealed class EarlyTrainingTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [NightlyFact("git", "bwrap")]
    public async Task A_change_of_the_figure_starts_a_training_while_the_alarm_is_quiet()
    {
        await using var running = await RunningLoop.StartAsync(
            yaml => Described(yaml, "growth: never") + "approval: recommended\n",
            data: Regions.BaseData(),
            onStack: true
        );
        var days = new Days(running);
        (await running.PlumbAsync("push")).Succeeded();
        await days.DeployedAsync(1);

        var usual = await PassAsync(days, "usual", drifted: 0);
        usual.Low.ShouldBeFalse(usual.Explanation);
        var changed = await PassAsync(days, "changed", drifted: 50);
        changed.Low.ShouldBeFalse(changed.Explanation);
        await days.DeployedAsync(2);

        var decided = await DecidedAsync(running, 2);
        decided.Select(entry => entry.Act.Subject).ShouldBe(["push", "change"]);
        var why = decided[1].Outcome!.Detail;
        why.ShouldContain("The change detector asked: accuracy 0.");
        why.ShouldContain(" standard errors under the ");
        why.ShouldContain("200 labels are new (133.3 % of the 150 rows learned).");
        (await running.ExecutionsAsync())[^1].PipelineExecutionDisplayName!.ShouldStartWith("change-");
        (await AlarmAsync(running)).ShouldBe("OK");

        var healed = await PassAsync(days, "healed", drifted: 50);
        healed.Value.ShouldNotBeNull(healed.Explanation).ShouldBeGreaterThan(0.85, healed.Explanation);
        var status = (await running.PlumbAsync("status", "--json")).Succeeded();
        JsonNode.Parse(status)!["retraining"]!["triggers"]!.AsArray().Count.ShouldBe(3);
        (await running.ExecutionsAsync()).Count.ShouldBe(2, "the change is learned");
    }

    [ProgramFact("git", "bwrap")]
    public async Task Growth_of_labels_starts_a_training_and_says_by_how_much_they_grew()
    {
        await using var running = await RunningLoop.StartAsync(
            yaml => Described(yaml, "growth: 50%") + "approval: recommended\n",
            data: Regions.BaseData()
        );
        var days = new Days(running);
        (await running.PlumbAsync("push")).Succeeded();
        await days.DeployedAsync(1);

        await PassAsync(days, "usual", drifted: 0);

        var decided = await DecidedAsync(running, 2);
        decided
            .Select(entry => (entry.Act.Subject, entry.Outcome!.Outcome))
            .ShouldBe([("push", "started"), ("growth", "started")]);
        decided[1]
            .Outcome!.Detail.ShouldContain(
                "Growth asked: 100 new labels are 66.7 % of the 150 rows that the newest version has learned, and 50 % start a training."
            );
        await running.EndedAsync(2);
    }

    /// <summary>A description with a threshold that only a much worse model misses.</summary>
    private static string Described(string yaml, string growth) =>
        Regions
            .Quickly(yaml.Replace("threshold: 0.80", "threshold: 0.30", StringComparison.Ordinal))
            .Replace("growth: never", growth, StringComparison.Ordinal);

    /// <summary>Passes a day with 100 rows, of which some are in a region that the first model does not know.</summary>
    private static Task<MonitorReport> PassAsync(Days days, string id, int drifted)
    {
        var seed = id.Length;
        // The first model answers "yes" to all rows with a positive y, wherever they are.
        var unknown = Regions.RowsOf(1, seed).Where(row => !row.Contains(",-", StringComparison.Ordinal)).Take(drifted);
        var rows = Regions.RowsOf(0, seed).Take(100 - drifted).Concat(unknown).ToList();
        return days.PassAsync(id, rows, [.. rows.Select(TruthOf)]);
    }

    private static string TruthOf(string row)
    {
        var cells = row.Split(',');
        return double.Parse(cells[0], System.Globalization.CultureInfo.InvariantCulture) >= 10 ? "no"
            : cells[1].StartsWith('-') ? "no"
            : "yes";
    }

    private static Task<List<HistoryEntry>> DecidedAsync(RunningLoop running, int count) =>
        Days.SeenAsync(
            async () =>
                (await running.Loop.History.ReadAsync())
                    .Where(entry => entry.Act.What == "retrain" && entry.Outcome is not null)
                    .ToList(),
            decided => decided.Count >= count,
            Patience
        );

    private static async Task<string?> AlarmAsync(RunningLoop running) =>
        (
            await running.Loop.Clients.CloudWatch.DescribeAlarmsAsync(
                new JsonObject { ["AlarmNames"] = new JsonArray(running.Loop.Names.AccuracyAlarm) }
            )
        )
            .MetricAlarms.Single()
            .StateValue;
}
