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
            Description = "What asks: push, alarm, schedule or hand",
            DefaultValueFactory = _ => Trigger.Hand,
        };
        var commit = new Option<string?>("--commit")
        {
            Description = "The commit that is trained from",
            HelpName = "SHA",
        };
        return LoopCommand.CreateInFolder(
            "retrain",
            "Start a training, unless there is a reason not to",
            async (loop, folder, parsed, cancellationToken) =>
            {
                if (HomeOptions.IsAws(parsed))
                {
                    await DeployedImages.RequireOwnAsync(loop, cancellationToken);
                }

                var decision = await new Governor(loop, folder).DecideAsync(
                    parsed.GetValue(trigger),
                    parsed.GetValue(commit) ?? await HeadAsync(folder, cancellationToken),
                    cancellationToken
                );
                Console.WriteLine(decision.Started ? decision.Reason : $"Not started. {decision.Reason}");
                // Asked by a rule or a push, a refusal is an answer and no failure of the build.
                return decision.Started || parsed.GetValue(trigger) != Trigger.Hand
                    ? CommandLine.Ok
                    : CommandLine.Failed;
            },
            trigger,
            commit
        );
    }

    /// <summary>The commit that is checked out, where the folder is as it was committed.</summary>
    private static async Task<string?> HeadAsync(ProjectFolder folder, CancellationToken cancellationToken)
    {
        var tree = new WorkTree(folder.Root);
        return await tree.IsDirtyAsync(cancellationToken) ? null : await tree.HeadAsync(cancellationToken);
    }
}
