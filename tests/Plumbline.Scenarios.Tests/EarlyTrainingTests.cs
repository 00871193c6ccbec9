using System.Text.Json.Nodes;
using Plumbline.Loop.Home;
using Plumbline.Loop.Retraining;
using Plumbline.Records.Monitoring;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

/// <summary>Trainings that start before the figure misses the threshold, and the budget that limits them.</summary>
[Collection(Lanes.Loops)]
public sealed class EarlyTrainingTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [ProgramFact("git", "bwrap")]
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

    [ProgramFact("git", "bwrap")]
    public async Task A_budget_refuses_what_the_loop_asks_for_until_the_next_month_and_lets_a_person_train()
    {
        await using var running = await RunningLoop.StartAsync(
            yaml => Described(yaml, "growth: never") + "approval: recommended\n",
            data: Regions.BaseData()
        );
        var days = new Days(running);
        (await running.PlumbAsync("push")).Succeeded();
        await days.DeployedAsync(1);
        await NextMonthAsync(running);
        (
            await (await GovernorAsync(running, budget: 1)).DecideAsync(Trigger.Hand, null, default)
        ).Started.ShouldBeTrue();
        await running.EndedAsync(2);
        await PassAsync(days, "usual", drifted: 0);
        var spend = await RetrainingOutlook.SpendAsync(running.Loop, default);
        spend.Spent.ShouldBeGreaterThan(0);
        // One more training in this month is too much, and one in the next month is not.
        var governor = await GovernorAsync(running, budget: spend.Next!.Value + spend.Spent / 2);

        var refused = await governor.DecideAsync(Trigger.Growth, null, default);
        await NextMonthAsync(running);
        var started = await governor.DecideAsync(Trigger.Growth, null, default);
        await running.EndedAsync(3);
        var byHand = await (await GovernorAsync(running, budget: 0.000001m)).DecideAsync(Trigger.Hand, null, default);

        refused.Started.ShouldBeFalse();
        refused.Reason.ShouldStartWith("The budget is used up: $");
        refused.Reason.ShouldContain($"are spent in {spend.Month:yyyy-MM} by 1 training, and the next costs about $");
        refused.Reason.ShouldContain("Growth asked: 100 new labels are 66.7 % of the 150 rows");
        started.Started.ShouldBeTrue(started.Reason);
        started.Reason.ShouldContain($"are spent in {spend.Month.AddMonths(1):yyyy-MM} by 0 trainings");
        byHand.Started.ShouldBeTrue(byHand.Reason);
        byHand.Reason.ShouldContain("over the budget, which stops only trainings of the loop itself");
        (await running.PlumbAsync("cost", "--spent")).Succeeded().ShouldContain("by 2 trainings");
        await running.EndedAsync(4);
    }

    /// <summary>A description with a threshold that only a much worse model misses.</summary>
    private static string Described(string yaml, string growth) =>
        Regions
            .Quickly(yaml.Replace("threshold: 0.80", "threshold: 0.30", StringComparison.Ordinal))
            .Replace("growth: never", growth, StringComparison.Ordinal);

    private static async Task<Governor> GovernorAsync(RunningLoop running, decimal budget)
    {
        var project = running.Folder.Description;
        var limited = project with { Retraining = project.Retraining with { Growth = 0.5, Budget = budget } };
        return new Governor(await LoopContext.CreateAsync(limited, running.Loop.Clients), running.Folder);
    }

    /// <summary>Moves to the second hour of the next month.</summary>
    private static async Task NextMonthAsync(RunningLoop running)
    {
        var now = (await running.Loop.Clock.NowAsync()).UtcDateTime;
        await running.AdvanceAsync(new DateTime(now.Year, now.Month, 1).AddMonths(1).AddHours(1) - now);
    }

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
