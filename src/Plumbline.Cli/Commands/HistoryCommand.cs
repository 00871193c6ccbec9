using System.CommandLine;
using Plumbline.Aws.Arns;
using Plumbline.Loop.GroundTruth;
using Spectre.Console;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb history</c>: who did what, when and why, and the outcome.</summary>
internal static class HistoryCommand
{
    public static Command Create() =>
        LoopCommand.Create(
            "history",
            "Show who did what, when and why, and the outcome",
            async (loop, parsed, cancellationToken) =>
            {
                var entries = await WholeHistory.ReadAsync(loop, cancellationToken);
                Output.Write(
                    parsed,
                    entries,
                    (console, all) =>
                    {
                        var table = Output.Table("time", "what", "subject", "outcome", "who", "why");
                        foreach (var (act, outcome) in all)
                        {
                            table.AddRow(
                                Output.Time(act.Time),
                                act.What,
                                Output.Text(act.Subject),
                                Output.Text(outcome?.Outcome ?? "unfinished"),
                                Output.Text(Arn.TryParse(act.Who, out var who) ? who.Resource : act.Who),
                                Output.Text(
                                    outcome?.Outcome is "refused" or "failed" or "rolledBack" ? outcome.Detail : act.Why
                                )
                            );
                        }

                        console.Write(table);
                    }
                );
                return CommandLine.Ok;
            },
            Output.JsonOption()
        );
}
