using System.CommandLine;
using Plumbline.Cli.Homes;
using Plumbline.Loop.Project;
using Plumbline.Loop.Retraining;
using Plumbline.Loop.Stack;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb retrain</c>: asks the governor for a training; the build calls it too.</summary>
internal static class RetrainCommand
{
    public static Command Create()
    {
        var trigger = new Option<Trigger>("--trigger")
        {
            Description = "The reason for the training: push, alarm, schedule, change, growth or hand",
            DefaultValueFactory = _ => Trigger.Hand,
        };
        var commit = new Option<string?>("--commit")
        {
            Description = "The commit to train from [default: HEAD, if every change is committed]",
            HelpName = "SHA",
        };
        return LoopCommand.CreateInFolder(
            "retrain",
            "Start a training, unless the governor finds a reason against it",
            async (loop, folder, parsed, cancellationToken) =>
            {
                if (HomeOptions.IsAws(parsed))
                {
                    await DeployedImages.RequireOwnAsync(loop, cancellationToken);
                }

                var decision = await new Governor(loop, folder with { Description = loop.Project }).DecideAsync(
                    parsed.GetValue(trigger),
                    parsed.GetValue(commit) ?? await HeadAsync(folder, cancellationToken),
                    cancellationToken
                );
                Console.WriteLine(decision.Started ? decision.Reason : $"Not started. {decision.Reason}");
                // For a rule or a push, a refusal is a valid answer and not a failed build.
                return decision.Started || parsed.GetValue(trigger) != Trigger.Hand
                    ? CommandLine.Ok
                    : CommandLine.Failed;
            },
            trigger,
            commit
        );
    }

    /// <summary>The commit that is checked out; null if the folder has uncommitted changes.</summary>
    private static async Task<string?> HeadAsync(ProjectFolder folder, CancellationToken cancellationToken)
    {
        var tree = new WorkTree(folder.Root);
        return await tree.IsDirtyAsync(cancellationToken) ? null : await tree.HeadAsync(cancellationToken);
    }
}
