using System.CommandLine;
using Plumbline.Loop.Approval;
using Plumbline.Loop.Costs;
using Plumbline.Loop.Deployment;
using Plumbline.Loop.Home;
using Plumbline.Loop.Pushing;
using Plumbline.Loop.Registry;
using Spectre.Console;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb approve</c>, <c>reject</c> and <c>rollback</c>: a person's decision about a version.</summary>
internal static class ApprovalCommands
{
    public static Command Approve()
    {
        var (version, reason) = (Version(), Reason());
        var noWait = NoWait();
        var despite = new Option<long?>("--despite")
        {
            Description = "Approve it although this newer version is a candidate, too",
            HelpName = "VERSION",
        };
        return LoopCommand.Create(
            "approve",
            "Approve a model version and follow its deployment",
            async (loop, parsed, cancellationToken) =>
            {
                await Console.Error.WriteLineAsync(CostCommand.EndpointLine(LoopCost.Endpoint(loop.Project)));
                var chosen = await new ModelRegistry(loop).GetAsync(parsed.GetValue(version), cancellationToken);
                foreach (var change in await SchemaChange.OfVersionAsync(loop, chosen, cancellationToken))
                {
                    Output.Error.MarkupLine($"[yellow]{Output.Text(change)}[/]");
                }

                var approved = await new Approvals(loop).ApproveAsync(
                    parsed.GetValue(version),
                    parsed.GetValue(reason)!,
                    despite: parsed.GetValue(despite),
                    cancellationToken: cancellationToken
                );
                Console.WriteLine($"Version {approved.Version} is {approved.Status}.");
                return parsed.GetValue(noWait) ? CommandLine.Ok : await FollowAsync(loop, approved, cancellationToken);
            },
            version,
            reason,
            despite,
            noWait
        );
    }

    public static Command Reject()
    {
        var (version, reason) = (Version(), Reason());
        return LoopCommand.Create(
            "reject",
            "Reject a model version; if it is in production, the previous one comes back",
            async (loop, parsed, cancellationToken) =>
            {
                var rejected = await new Approvals(loop).RejectAsync(
                    parsed.GetValue(version),
                    parsed.GetValue(reason)!,
                    cancellationToken: cancellationToken
                );
                Console.WriteLine($"Version {rejected.Version} is {rejected.Status}.");
                return CommandLine.Ok;
            },
            version,
            reason
        );
    }

    public static Command Rollback()
    {
        var version = new Argument<long?>("VERSION")
        {
            Description = "The version to go back to [default: the previous deployed version that is still approved]",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var (reason, noWait) = (Reason(), NoWait());
        return LoopCommand.Create(
            "rollback",
            "Go back to a version that was in production before; alarms do not stop this deployment",
            async (loop, parsed, cancellationToken) =>
            {
                var target = await new Rollbacks(loop).GoBackAsync(
                    parsed.GetValue(version),
                    parsed.GetValue(reason)!,
                    cancellationToken
                );
                Console.WriteLine($"Going back to version {target.Version}.");
                return parsed.GetValue(noWait) ? CommandLine.Ok : await FollowAsync(loop, target, cancellationToken);
            },
            version,
            reason,
            noWait
        );
    }

    private static async Task<int> FollowAsync(
        LoopContext loop,
        ModelVersion approved,
        CancellationToken cancellationToken
    )
    {
        var build = await Output
            .Error.Status()
            .StartAsync(
                "deployment",
                status =>
                    new BuildWaiter(loop, TimeProvider.System).OfPackageAsync(
                        approved.Arn,
                        approved.Modified,
                        phase => status.Status($"deployment: {phase}"),
                        cancellationToken
                    )
            );
        // The last line of `plumb deploy`, which the build runs, is the outcome of the deployment.
        var said = build.Lines.LastOrDefault(line => !line.StartsWith("[Container]", StringComparison.Ordinal));
        if (build.Succeeded)
        {
            Console.WriteLine(said);
            return CommandLine.Ok;
        }

        await Console.Error.WriteLineAsync($"plumb: build {build.Id} {build.Status}: {said ?? build.Failure}");
        return CommandLine.Failed;
    }

    private static Argument<long> Version() =>
        new("VERSION") { Description = "The version's number (see `plumb models`)" };

    private static Option<bool> NoWait() => new("--no-wait") { Description = "Do not follow the deployment" };

    private static Option<string> Reason() =>
        new("--reason")
        {
            Description = "The reason; it is recorded with the person and the time",
            HelpName = "TEXT",
            Required = true,
        };
}
