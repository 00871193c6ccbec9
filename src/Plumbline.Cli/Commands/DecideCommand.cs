using System.CommandLine;
using Plumbline.Loop.Approval;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb decide</c>: approves the recommended version, if the project's policy says so.</summary>
internal static class DecideCommand
{
    public static Command Create()
    {
        var execution = new Option<string>("--execution")
        {
            Description = "The ARN of the training pipeline's execution",
            HelpName = "ARN",
            Required = true,
        };
        var commit = new Option<string>("--commit")
        {
            Description = "The commit whose plumbline.yaml holds the policy",
            HelpName = "SHA",
            Required = true,
        };
        return LoopCommand.Create(
            "decide",
            "Approve the version that the comparison recommends, if plumbline.yaml says `approval: recommended` (run by the deploy build)",
            async (loop, parsed, cancellationToken) =>
            {
                var said = await new RecommendedApproval(loop).DecideAsync(
                    parsed.GetValue(execution)!,
                    parsed.GetValue(commit)!,
                    cancellationToken
                );
                Console.WriteLine(said);
                return CommandLine.Ok;
            },
            execution,
            commit
        );
    }
}
