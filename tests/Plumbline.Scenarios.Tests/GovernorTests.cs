using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plumbline.Aws.Protocols;
using Plumbline.Loop.Project;
using Plumbline.Loop.Registry;
using Plumbline.Loop.Retraining;
using Plumbline.Records;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

public sealed partial class GovernorTests
{
    [ProgramFact("git", "bwrap")]
    public async Task One_execution_for_each_reason_and_every_refusal_is_in_the_history()
    {
        await using var running = await RunningLoop.StartAsync();
        (await running.PlumbAsync("push")).Succeeded();
        var governor = new Governor(running.Loop, running.Folder);

        var duringOne = await governor.DecideAsync(Trigger.Push, "another", default);
        await running.EndedAsync(1);
        var inCoolDown = await governor.DecideAsync(Trigger.Alarm, null, default);
        await running.AdvanceAsync(TimeSpan.FromDays(2));
        var whileWaiting = await governor.DecideAsync(Trigger.Alarm, null, default);
        (await running.PlumbAsync("reject", "1", "--reason", "not this one")).Succeeded();
        var withoutLabels = await governor.DecideAsync(Trigger.Alarm, null, default);

        duringOne.Reason.ShouldContain("An execution is in progress");
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
    public async Task What_was_trained_from_is_not_said_to_be_started_again_and_what_did_not_end_well_is_started_anew()
    {
        await using var running = await RunningLoop.StartAsync(yaml =>
            yaml + "\nretraining:\n  coolDown: 0s\n  minNewLabels: 0\n"
        );
        (await running.PlumbAsync("push")).Succeeded();
        var first = (await running.EndedAsync(1)).Single();
        (await running.PlumbAsync("reject", "1", "--reason", "not this one")).Succeeded();
        var governor = new Governor(running.Loop, running.Folder);
        var commit = (await new ModelRegistry(running.Loop).ListAsync()).Single().Commit;

        var sameAgain = await governor.DecideAsync(Trigger.Push, commit, default);
        var alarm = await StartedAndStoppedAsync(running, governor, Trigger.Alarm, null);
        var alarmAgain = await StartedAndStoppedAsync(running, governor, Trigger.Alarm, null);
        var other = await StartedAndStoppedAsync(running, governor, Trigger.Push, null);
        var otherAgain = await StartedAndStoppedAsync(running, governor, Trigger.Push, null);

        sameAgain.Started.ShouldBeFalse();
        sameAgain.Reason.ShouldContain($"trained already, by {first.PipelineExecutionArn}");
        new[] { alarm, alarmAgain, other, otherAgain }.ShouldBeUnique();
        (await running.ExecutionsAsync()).Count.ShouldBe(5);
    }

    [ProgramFact("git", "bwrap")]
    public async Task A_push_during_a_training_is_asked_again_with_the_newest_commit_and_older_ones_replace_nothing()
    {
        await using var running = await RunningLoop.StartAsync(yaml =>
            yaml.Replace("rounds: 100 ", "rounds: 100000 ", StringComparison.Ordinal)
        );
        (await running.PlumbAsync("push")).Succeeded();
        var older = await ChangedAsync(running, "threshold: 0.80", "threshold: 0.70");
        var refused = (await running.PlumbAsync("push")).Succeeded();
        var before = await ProjectFolder.OpenAsync(running.Project);
        var newest = await ChangedAsync(running, "threshold: 0.70", "threshold: 0.60");
        (await running.PlumbAsync("push")).Succeeded();
        var monitor = await MonitorAsync(running);
        var governor = new Governor(running.Loop, before);

        await StopAsync(running, (await running.ExecutionsAsync()).Single().PipelineExecutionArn);
        await running.EndedAsync(1);
        var late = await governor.DecideAsync(Trigger.Push, older, default);
        (await running.PlumbAsync("monitor", "run")).Succeeded();
        var again = (await Eventually.Async(running.ExecutionsAsync, all => all.Count == 2))[^1];
        await Eventually.Async(async () => await running.Loop.Bucket.FindTextAsync(Layout.WaitingPush) is null);
        await StopAsync(running, again.PipelineExecutionArn);
        await running.EndedAsync(2);
        (await running.PlumbAsync("monitor", "run")).Succeeded();
        var byHand = await governor.DecideAsync(Trigger.Hand, older, default);
        await StopAsync(running, byHand.ExecutionArn!);

        refused.ShouldContain("tried again after the next measurement");
        late.Reason.ShouldBe($"Commit {older} is not the newest: the build of {newest} starts its own training.");
        again.PipelineExecutionDisplayName.ShouldBe($"push-{newest[..12]}");
        (await running.EndedAsync(3)).Count.ShouldBe(3);
        (await MonitorAsync(running)).ShouldBe(monitor);
    }

    private static async Task<string> ChangedAsync(RunningLoop running, string from, string to)
    {
        var yaml = Path.Combine(running.Project, ProjectFolder.DescriptionFile);
        var text = await File.ReadAllTextAsync(yaml);
        await File.WriteAllTextAsync(yaml, text.Replace(from, to, StringComparison.Ordinal));
        return await new WorkTree(running.Project).CommitAllAsync(to, CancellationToken.None);
    }

    /// <summary>
    /// The monitor pipeline's definition without its image tag, which differs between this process and <c>plumb</c>.
    /// </summary>
    private static async Task<string> MonitorAsync(RunningLoop running)
    {
        var described = await running.Loop.Clients.SageMaker.DescribePipelineAsync(
            new JsonObject { ["PipelineName"] = running.Loop.Names.MonitorPipeline }
        );
        return ImageTag().Replace(described.PipelineDefinition, "");
    }

    [GeneratedRegex("(?<=/plumbline-jobs):[0-9a-f]{16}")]
    private static partial Regex ImageTag();

    private static Task StopAsync(RunningLoop running, string execution) =>
        running.Loop.Clients.SageMaker.StopPipelineExecutionAsync(
            new JsonObject { ["PipelineExecutionArn"] = execution }
        );

    private static async Task<string> StartedAndStoppedAsync(
        RunningLoop running,
        Governor governor,
        Trigger trigger,
        string? commit
    )
    {
        var count = (await running.ExecutionsAsync()).Count;
        var decision = await governor.DecideAsync(trigger, commit, default);
        decision.Started.ShouldBeTrue(decision.Reason);
        await StopAsync(running, decision.ExecutionArn!);
        await running.EndedAsync(count + 1);
        return decision.ExecutionArn!;
    }

    [ProgramFact("git", "bwrap")]
    public async Task The_same_request_decided_at_the_same_time_starts_one_execution()
    {
        await using var running = await RunningLoop.StartAsync();
        (await running.PlumbAsync("push")).Succeeded();
        await running.EndedAsync(1);
        var governor = new Governor(running.Loop, running.Folder);

        var decisions = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => governor.DecideAsync(Trigger.Push, null, CancellationToken.None))
        );

        decisions.Where(one => one.Started).Select(one => one.ExecutionArn).Distinct().Count().ShouldBe(1);
        (await running.EndedAsync(2)).Count.ShouldBe(2);
    }
}
