using Plumbline.Aws.Protocols;
using Plumbline.Loop.Project;
using Plumbline.Loop.Registry;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

/// <summary>The output of commands in a project in production.</summary>
public sealed class CommandOutputTests(LiveLoop live) : IClassFixture<LiveLoop>
{
    private const string Renamed =
        "label 'no' is called 'negative' now: callers get the new name once the new version is live.";

    private RunningLoop Running => live.Running;

    [ProgramFact("git", "bwrap")]
    public async Task A_renamed_label_is_said_by_check_push_and_approve_before_it_happens()
    {
        var executions = (await Running.ExecutionsAsync()).Count;
        var yaml = Path.Combine(Running.Project, "plumbline.yaml");
        var text = await File.ReadAllTextAsync(yaml);
        text.ShouldContain("labels: [no, yes]");
        await File.WriteAllTextAsync(yaml, text.Replace("labels: [no, yes]", "labels: [negative: {was: no}, yes]"));

        var check = await Running.PlumbAsync("check");
        await new WorkTree(Running.Project).CommitAllAsync("A clearer name", default);
        var push = await Running.PlumbAsync("push");
        await Running.EndedAsync(executions + 1);
        var newest = (await new ModelRegistry(Running.Loop).ListAsync())[^1].Version;
        var approve = await Running.PlumbAsync("approve", $"{newest}", "--reason", "the new name is agreed");

        check.Succeeded().ShouldContain($"warning PL021 data.csv: {Renamed}");
        push.Succeeded().ShouldContain("Pushed ");
        // A file or a pipe gets no colors, even in a terminal.
        push.Error.ShouldNotContain("\e");
        push.Error.ShouldContain(Renamed);
        approve.Succeeded().ShouldContain($"Version {newest} is Approved.");
        approve.Error.ShouldContain(Renamed);
        // The renaming is done, so the check does not report it any more.
        (await Running.PlumbAsync("check"))
            .Succeeded()
            .ShouldNotContain("PL021");
    }

    [ProgramFact("git", "bwrap")]
    public async Task Logs_are_those_of_the_project_that_asks()
    {
        var parent = Path.GetDirectoryName(Running.Project)!;
        (await Plumb.RunAsync(parent, Running.Data, "new", "other")).Succeeded();
        var executions = (await Running.ExecutionsAsync()).Select(one => one.PipelineExecutionArn.Split('/')[^1]);

        var training = (await Running.PlumbAsync("logs", "training")).Succeeded();
        var build = (await Running.PlumbAsync("logs", "build", "--filter", "Started")).Succeeded();
        var other = await Plumb.RunAsync(Path.Combine(parent, "other"), Running.Data, "logs", "training");

        training
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ShouldAllBe(line =>
                executions.Any(id => line.StartsWith($"pipelines-{id}-Train", StringComparison.Ordinal))
            );
        training.ShouldContain("/algo-1-");
        build.ShouldContain("Started arn:aws:sagemaker");
        other.Succeeded().ShouldBeEmpty();
    }
}
