using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Loop.Home;
using Plumbline.Loop.Project;
using Plumbline.Testing;
using Plumbline.WebConsole.People;

namespace Plumbline.Scenarios.Tests;

public sealed class PushTests
{
    [ProgramFact("git", "bwrap")]
    public async Task A_push_that_git_refuses_changes_nothing_and_pull_makes_the_next_one_count()
    {
        await using var running = await RunningLoop.StartAsync();
        (await running.PlumbAsync("push")).Succeeded();
        await running.EndedAsync(1);
        var colleague = Path.Combine(Path.GetDirectoryName(running.Project)!, "colleague");
        var clone = await Plumb.RunAsync(running.Project, running.Data, "clone", "moons", colleague);
        clone.Succeeded().ShouldContain("is ready");
        await ChangeAsync(running.Project, "max_depth: 4", "max_depth: 3", "Ann is first");
        (await running.PlumbAsync("push")).Succeeded();
        await ChangeAsync(colleague, "threshold: 0.80", "threshold: 0.55", "Bea has not pulled");
        await ChangeAsync(colleague, "schedule: daily", "schedule: weekly", "nor now");
        var before = await StateAsync(running);

        var refused = await Plumb.RunAsync(colleague, running.Data, "push");
        var afterIt = await StateAsync(running);
        var home = await ConsoleHomeAsync(running);
        (await Plumb.RunAsync(colleague, running.Data, "pull")).Succeeded().ShouldContain("Now at ");
        (await Plumb.RunAsync(colleague, running.Data, "push", "--no-wait")).Succeeded();

        refused.ExitCode.ShouldBe(2);
        refused.Error.ShouldContain("`plumb pull` first, then `plumb push`");
        afterIt.ShouldBe(before);
        home.ShouldContain("<title>Loop - moons");
        before.ShouldContain("0.8 cron(0 0 * * ? *)");
        (await StateAsync(running)).ShouldContain("0.55 cron(0 0 ? * MON *)");
        (await running.PlumbAsync("monitor", "run")).Succeeded();
        (await GitAsync(colleague, "remote")).Trim().ShouldBe("plumbline");
        (await GitAsync(running.Project, "rev-parse", "plumbline/main")).ShouldNotBeEmpty();
    }

    [ProgramFact("git", "bwrap")]
    public async Task A_push_that_was_cut_off_after_git_is_ended_by_the_next_and_only_what_is_committed_counts()
    {
        await using var running = await RunningLoop.StartAsync();
        (await running.PlumbAsync("push")).Succeeded();
        await ChangeAsync(running.Project, "threshold: 0.80", "threshold: 0.70", "A lower threshold");
        // As if the program had ended right after git's push.
        var tree = new WorkTree(running.Project);
        var helper = $"!'{Plumb.Program}' git-credential --data '{running.Data}'";
        (await tree.PushAsync("plumbline", LoopNames.DefaultBranch, helper, default)).ShouldBeTrue();
        (await StateAsync(running)).ShouldContain("0.8 ");
        var yaml = Path.Combine(running.Project, "plumbline.yaml");
        var text = await File.ReadAllTextAsync(yaml);
        await File.WriteAllTextAsync(yaml, text.Replace("0.70", "0.60", StringComparison.Ordinal));

        (await running.PlumbAsync("push")).Succeeded().ShouldContain("is already pushed");

        (await StateAsync(running)).ShouldContain("0.7 ");
        // Broken data that is not committed does not refuse a push.
        await new WorkTree(running.Project).CommitAllAsync("A threshold of 0.60", default);
        await File.WriteAllTextAsync(Path.Combine(running.Project, "data.csv"), "label,x,x\n");

        var pushed = await running.PlumbAsync("push", "--no-wait");

        pushed.Succeeded().ShouldContain("Pushed ");
        pushed.Error.ShouldContain("Uncommitted changes are not pushed");
    }

    private static async Task ChangeAsync(string project, string from, string to, string message)
    {
        var yaml = Path.Combine(project, "plumbline.yaml");
        var text = await File.ReadAllTextAsync(yaml);
        text.ShouldContain(from);
        await File.WriteAllTextAsync(yaml, text.Replace(from, to, StringComparison.Ordinal));
        await new WorkTree(project).CommitAllAsync(message, default);
    }

    /// <summary>The state that a push may change, and a refused push must not.</summary>
    private static async Task<string> StateAsync(RunningLoop running)
    {
        var (clients, names) = (running.Loop.Clients, running.Loop.Names);
        var alarm = await clients.CloudWatch.DescribeAlarmsAsync(
            new JsonObject { ["AlarmNames"] = new JsonArray(names.AccuracyAlarm) }
        );
        var rule = await clients.Events.DescribeRuleAsync(new JsonObject { ["Name"] = names.MonitorRule });
        var monitor = await clients.SageMaker.DescribePipelineAsync(
            new JsonObject { ["PipelineName"] = names.MonitorPipeline }
        );
        return $"{alarm.MetricAlarms.Single().Tree.Double("Threshold")} {rule.ScheduleExpression} "
            + monitor.PipelineDefinition;
    }

    /// <summary>The project's page in the console, which must exist.</summary>
    private static async Task<string> ConsoleHomeAsync(RunningLoop running)
    {
        const string password = "plumb and true";
        new UserStore(running.Data).Put("bea", password, UserRole.Viewer, TimeProvider.System.GetUtcNow());
        using var bea = new ConsoleClient(await running.ConsoleAsync());
        await bea.SignInAsync("bea", password);
        return await bea.PageAsync("/moons/");
    }

    private static async Task<string> GitAsync(string folder, params string[] arguments) =>
        (await Shell.RunAsync("git", arguments, folder: folder)).Succeeded();
}
