using System.CommandLine;
using Plumbline.Cli.Homes;
using Plumbline.Loop.Deployment;
using Plumbline.Loop.Home;
using Plumbline.Loop.Project;
using Plumbline.Loop.Pushing;
using Plumbline.Records;
using Spectre.Console;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb push</c>: creates the loop's resources, pushes the commit, and follows its build.</summary>
internal static class PushCommand
{
    private const int ShownLines = 20;

    public static Command Create()
    {
        var noWait = new Option<bool>("--no-wait") { Description = "Do not follow the build" };
        return LoopCommand.CreateInFolder(
            "push",
            "Create the loop's resources, push the commit and follow its build (on AWS, `plumb aws deploy` creates them)",
            async (loop, folder, parsed, cancellationToken) =>
            {
                var tree = new WorkTree(folder.Root);
                var commit =
                    await tree.HeadAsync(cancellationToken)
                    ?? throw new UserError(folder.Root, "nothing is committed here yet: `git commit` first");
                if (await tree.IsDirtyAsync(cancellationToken))
                {
                    Output.Error.MarkupLine("[yellow]Uncommitted changes are not pushed: `git commit` them first.[/]");
                }

                // The folder says what is pushed only while neither of the two files has an uncommitted change.
                if (!await tree.IsDirtyAsync(cancellationToken, [ProjectFolder.DescriptionFile, .. folder.BasePaths()]))
                {
                    foreach (var change in await SchemaChange.OfFolderAsync(loop, folder, cancellationToken))
                    {
                        Output.Error.MarkupLine($"[yellow]{Output.Text(change)}[/]");
                    }
                }

                if (!await PushAsync(loop, tree, parsed, cancellationToken))
                {
                    Console.WriteLine($"{commit[..12]} is already pushed: `plumb retrain` trains from it again.");
                    return CommandLine.Ok;
                }

                Console.WriteLine($"Pushed {commit[..12]}.");
                return parsed.GetValue(noWait) ? CommandLine.Ok : await FollowAsync(loop, commit, cancellationToken);
            },
            noWait
        );
    }

    private static async Task<bool> PushAsync(
        LoopContext loop,
        WorkTree tree,
        ParseResult parsed,
        CancellationToken cancellationToken
    )
    {
        if (!HomeOptions.IsAws(parsed))
        {
            return await Output
                .Error.Status()
                .StartAsync(
                    "push",
                    status =>
                        new ProjectPush(
                            loop,
                            tree,
                            resource => status.Status($"{resource.Kind} {Output.Text(resource.Name)}")
                        ).PushAsync(Remote.NameOf(parsed), HomeOptions.GitCredentialHelper(parsed), cancellationToken)
                );
        }

        // On AWS the CloudFormation stack owns the resources; a change from here would be drift.
        var remote = await Remote.SetAsync(loop, tree, parsed, cancellationToken);
        return await tree.PushAsync(remote.Name, LoopNames.DefaultBranch, remote.Helper, cancellationToken);
    }

    private static async Task<int> FollowAsync(LoopContext loop, string commit, CancellationToken cancellationToken)
    {
        var build = await Output
            .Error.Status()
            .StartAsync(
                "build",
                status =>
                    new BuildWaiter(loop, TimeProvider.System).OfCommitAsync(
                        commit,
                        phase => status.Status($"build: {phase}"),
                        cancellationToken
                    )
            );
        if (build.Succeeded)
        {
            Console.WriteLine(
                $"Build {build.Id} succeeded. {build.Lines.LastOrDefault(line => !line.StartsWith("[Container]", StringComparison.Ordinal))}"
            );
            return CommandLine.Ok;
        }

        foreach (var line in build.Lines.TakeLast(ShownLines))
        {
            await Console.Error.WriteLineAsync(line);
        }

        await Console.Error.WriteLineAsync($"plumb: build {build.Id} {build.Status}: {build.Failure}");
        return CommandLine.Failed;
    }
}
