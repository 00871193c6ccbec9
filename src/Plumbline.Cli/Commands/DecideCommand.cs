using System.CommandLine;
using Plumbline.Loop.Approval;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb decide</c>: approves what the comparison recommends, where the project says so; the deploy build calls it.</summary>
internal static class DecideCommand
{
    public static Command Create()
    {
        var execution = new Option<string>("--execution")
        {
            Description = "The execution's ARN",
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
            "Approve what the comparison recommends, where plumbline.yaml says so (the deploy build does this)",
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
