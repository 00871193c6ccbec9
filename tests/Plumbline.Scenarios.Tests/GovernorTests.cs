using System.Text.Json.Nodes;
using Plumbline.Loop.Retraining;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

[Collection("processes")]
public sealed class GovernorTests
{
    [ProgramFact("git", "bwrap")]
    public async Task One_execution_for_each_reason_and_every_refusal_is_in_the_history()
    {
        await using var running = await RunningLoop.StartAsync();
        (await running.PlumbAsync("push")).Succeeded();
        var governor = new Governor(running.Loop, running.Folder);

        var duringOne = await governor.DecideAsync(Trigger.Push, "another", CancellationToken.None);
        await running.EndedAsync(1);
        var inCoolDown = await governor.DecideAsync(Trigger.Alarm, null, CancellationToken.None);
        await running.AdvanceAsync(TimeSpan.FromDays(2));
        var whileWaiting = await governor.DecideAsync(Trigger.Alarm, null, CancellationToken.None);
        (await running.PlumbAsync("reject", "1", "--reason", "not this one")).Succeeded();
        var withoutLabels = await governor.DecideAsync(Trigger.Alarm, null, CancellationToken.None);

        duringOne.Reason.ShouldContain("An execution runs");
        inCoolDown.Reason.ShouldContain("cool-down");
        whileWaiting.Reason.ShouldContain("Version 1 awaits approval");
        withoutLabels.Reason.ShouldContain("Only 0 new labels");
        (await running.ExecutionsAsync()).Count.ShouldBe(1);
        var history = (await running.PlumbAsync("history")).Succeeded();
        new[] { duringOne, inCoolDown, whileWaiting, withoutLabels }.ShouldAllBe(one =>
            !one.Started && history.Contains(one.Reason, StringComparison.Ordinal)
        );
    }

    [ProgramFact("git", "bwrap")]
    public async Task The_same_request_decided_at_the_same_time_starts_one_execution()
    {
        await using var running = await RunningLoop.StartAsync();
        (await running.PlumbAsync("push")).Succeeded();
        await running.EndedAsync(1);
        var governor = new Governor(running.Loop, running.Folder);

        var decisions = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => governor.DecideAsync(Trigger.Push, "same", CancellationToken.None))
        );

        decisions.Where(one => one.Started).Select(one => one.ExecutionArn).Distinct().Count().ShouldBe(1);
        (await running.EndedAsync(2)).Count.ShouldBe(2);
    }
}
