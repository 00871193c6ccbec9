using System.CommandLine;
using Plumbline.Loop.Retraining;

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
                var decision = await new Governor(loop, folder).DecideAsync(
                    parsed.GetValue(trigger),
                    parsed.GetValue(commit),
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
}
