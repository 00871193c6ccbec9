using System.CommandLine;
using Plumbline.Aws.Client;
using Plumbline.Aws.Errors;
using Plumbline.Cli.Homes;
using Plumbline.Loop.Home;
using Plumbline.Loop.Project;
using Plumbline.Loop.Registry;
using Plumbline.Loop.Stack;
using Spectre.Console;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb aws</c>: the loop's resources on AWS, as a CloudFormation stack.</summary>
internal static class AwsCommand
{
    public static Command Create() =>
        new("aws", "Create, compare and delete the loop's resources on AWS, as a CloudFormation stack")
        {
            Synth(),
            Diff(),
            Deploy(),
            Destroy(),
        };

    private static Command Synth()
    {
        var project = HomeOptions.ProjectOption();
        var all = new Option<DirectoryInfo?>("--all")
        {
            Description = "Write everything that needs approval into this folder: both stacks and both pipelines",
            HelpName = "FOLDER",
        };
        var command = new Command("synth", "Print the stack's template without calling AWS") { project, all };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var description = (await HomeOptions.ProjectAsync(parsed, project, cancellationToken)).Description;
                if (parsed.GetValue(all) is not { } folder)
                {
                    await Console.Out.WriteAsync(LoopTemplate.Of(description));
                    return;
                }

                folder.Create();
                foreach (var (name, text) in Synthesis.Of(description))
                {
                    var file = Path.Combine(folder.FullName, name);
                    await File.WriteAllTextAsync(file, text, cancellationToken);
                    Console.WriteLine(file);
                }
            }
        );
        return command;
    }

    private static Command Diff() =>
        WithStack(
            "diff",
            "Show what `plumb aws deploy` would change",
            async (loop, stack, _, _, cancellationToken) =>
            {
                var changes = await stack.DiffAsync(LoopTemplate.Of(loop.Project), cancellationToken);
                Write(changes);
                return CommandLine.Ok;
            }
        );

    private static Command Deploy()
    {
        var noImages = new Option<bool>("--no-images")
        {
            Description = "Do not build the container images; keep those in the repositories",
        };
        var yes = Question.Option("Also replace resources that hold data, without asking");
        return WithStack(
            "deploy",
            "Create or update the stack and the container images",
            async (loop, stack, folder, parsed, cancellationToken) =>
            {
                await CheckCommand.RequireAsync(folder, loop.Names.Region, cancellationToken);
                CostCommand.Announce(loop.Project);
                var template = LoopTemplate.Of(loop.Project);
                if (!await MayLoseAsync(stack, template, parsed.GetValue(yes), cancellationToken))
                {
                    return CommandLine.Failed;
                }

                var changes = await Output
                    .Error.Status()
                    .StartAsync(
                        "stack",
                        async status =>
                        {
                            if (!parsed.GetValue(noImages) && !loop.Names.HasImages)
                            {
                                await ImagesAsync(loop, text => status.Status(text), cancellationToken);
                            }

                            status.Status($"stack {LoopTemplate.NameOf(loop.Names.Project)}");
                            return await stack.DeployAsync(template, cancellationToken);
                        }
                    );
                Write(changes);
                Console.WriteLine("Ready: `plumb push --home aws` pushes the project; its build starts a training.");
                return CommandLine.Ok;
            },
            noImages,
            yes
        );
    }

    /// <summary>Asks before a deployment replaces resources that hold data.</summary>
    private static async Task<bool> MayLoseAsync(
        CloudStack stack,
        string template,
        bool isAgreed,
        CancellationToken cancellationToken
    )
    {
        if (isAgreed)
        {
            return true;
        }

        IReadOnlyList<StackChange> changes;
        try
        {
            changes = await stack.DiffAsync(template, cancellationToken);
        }
        catch (AwsException unusable) when (unusable.Code == "ValidationError")
        {
            // A stack whose creation failed holds nothing, and is deleted before it is created again.
            return true;
        }

        List<StackChange> lost = [.. changes.Where(LoopTemplate.LosesData)];
        if (lost.Count == 0)
        {
            return true;
        }

        Write(lost);
        return Question.Ask(
            "These resources hold data. The old ones stay in the account; the loop starts without their data. Continue?",
            "aws deploy"
        );
    }

    /// <summary>Builds the images of this program, which all loops of the account and region share.</summary>
    private static async Task ImagesAsync(LoopContext loop, Action<string> report, CancellationToken cancellationToken)
    {
        report($"stack {ImagesTemplate.Name}");
        var stack = new CloudStack(loop.Clients.CloudFormation, ImagesTemplate.Name, TimeProvider.System);
        await stack.DeployAsync(ImagesTemplate.Of(), cancellationToken);
        var bucket = ImagesTemplate.BucketOf(loop.Names.Account, loop.Names.Region);
        await new ImageBuild(loop.Clients, bucket, TimeProvider.System).RunAsync(
            new ImageContext(AppContext.BaseDirectory),
            phase => report($"images: {phase}"),
            cancellationToken
        );
    }

    private static Command Destroy()
    {
        var yes = Question.Option("Delete an endpoint that is in service without asking");
        var images = new Option<bool>("--images")
        {
            Description = "Also delete the images and their stack, unless another loop in the region needs them",
        };
        return WithStack(
            "destroy",
            "Delete the stack and the endpoint; keep the bucket, the repository and the model versions",
            async (loop, stack, _, parsed, cancellationToken) =>
            {
                var removal = parsed.GetValue(images)
                    ? new ImageRemoval(loop.Clients, loop.Names, TimeProvider.System)
                    : null;
                await (removal?.RequireUnusedAsync(cancellationToken) ?? Task.CompletedTask);
                var production = new ProductionModel(loop);
                if (
                    !parsed.GetValue(yes)
                    && await production.FindAsync(cancellationToken) is { } live
                    && !Question.Ask(
                        $"The endpoint {loop.Names.Endpoint} is {live.Status} with {live.VersionText}. Delete it?",
                        "aws destroy"
                    )
                )
                {
                    return CommandLine.Failed;
                }

                await production.RemoveAsync(cancellationToken);
                var wasThere = await stack.DestroyAsync(cancellationToken);
                Console.WriteLine(
                    wasThere
                        ? $"Deleted. Kept: the bucket {loop.Names.Bucket}, the repository {loop.Names.Repository}, the model package group {loop.Names.ModelPackageGroup}."
                        : "The stack does not exist."
                );
                if (removal is not null)
                {
                    Console.WriteLine(
                        await removal.RunAsync(cancellationToken)
                            ? "Deleted the images and the files that they were built from."
                            : "The images do not exist."
                    );
                }

                return CommandLine.Ok;
            },
            yes,
            images
        );
    }

    private static Command WithStack(
        string name,
        string description,
        Func<LoopContext, CloudStack, ProjectFolder, ParseResult, CancellationToken, Task<int>> runAsync,
        params IEnumerable<Option> own
    )
    {
        var project = HomeOptions.ProjectOption();
        var command = new Command(name, description) { project };
        foreach (var option in own)
        {
            command.Options.Add(option);
        }

        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var folder = await HomeOptions.ProjectAsync(parsed, project, cancellationToken);
                using var clients = new LoopClients(AwsConnection.FromEnvironment());
                var loop = await HomeOptions.OnAwsAsync(folder.Description, clients, cancellationToken);
                var stack = new CloudStack(
                    clients.CloudFormation,
                    LoopTemplate.NameOf(loop.Names.Project),
                    TimeProvider.System
                );
                return await runAsync(loop, stack, folder, parsed, cancellationToken);
            }
        );
        return command;
    }

    private static void Write(IReadOnlyList<StackChange> changes)
    {
        if (changes.Count == 0)
        {
            Console.WriteLine("Nothing changes.");
            return;
        }

        foreach (var change in changes)
        {
            var replaced = change.Replacement == "True" ? ", replaced" : "";
            Console.WriteLine($"{change.Action, -8}{change.Type} {change.Id}{replaced}");
        }
    }
}
