using System.CommandLine;
using System.Globalization;
using Plumbline.Loop.Monitoring;
using Plumbline.Records.Monitoring;
using Spectre.Console;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb monitor</c>: how accurate the model in production is.</summary>
internal static class MonitorCommands
{
    public static Command Create()
    {
        var command = new Command(
            "monitor",
            "Measure the quality of the model in production, and list the measurements"
        );
        command.Subcommands.Add(Run());
        command.Subcommands.Add(List());
        return command;
    }

    private static Command Run()
    {
        var from = new Option<DateTimeOffset?>("--from")
        {
            Description = "Measure a past window: its start, UTC",
            HelpName = "TIME",
        };
        var to = new Option<DateTimeOffset?>("--to")
        {
            Description = "Measure a past window: its end, UTC",
            HelpName = "TIME",
        };
        return LoopCommand.Create(
            "run",
            "Measure now, over the window of the schedule or over a past one",
            async (loop, parsed, cancellationToken) =>
            {
                var (start, end) = (parsed.GetValue(from), parsed.GetValue(to));
                if (start is null != end is null)
                {
                    throw new Records.UserError(
                        start is null ? "--from" : "--to",
                        "is missing: a past window needs both --from and --to"
                    );
                }

                var report = await new MonitorRuns(loop, TimeProvider.System).RunAsync(start, end, cancellationToken);
                Output.Write(
                    parsed,
                    report,
                    (console, one) =>
                    {
                        console.WriteLine(one.Explanation);
                        console.WriteLine(LabelsWanted.Of(loop.Project, one).Sentence);
                    }
                );
                return CommandLine.Ok;
            },
            from,
            to,
            Output.JsonOption()
        );
    }

    private static Command List() =>
        LoopCommand.Create(
            "list",
            "List the measurements so far",
            async (loop, parsed, cancellationToken) =>
            {
                var reports = await new MonitorRuns(loop, TimeProvider.System).ReportsAsync(
                    cancellationToken: cancellationToken
                );
                Output.Write(parsed, reports, Write);
                return CommandLine.Ok;
            },
            Output.JsonOption()
        );

    private static void Write(IAnsiConsole console, IReadOnlyList<MonitorReport> reports)
    {
        var table = Output.Table("measured", "metric", "figure", "interval", "labels", "unreviewed", "state");
        foreach (var report in reports)
        {
            table.AddRow(
                Output.Time(report.Window.At),
                Output.Text(report.Kind().InSentence),
                report.Text(report.Value),
                report.Lower is null ? "-" : $"{report.Text(report.Lower)}-{report.Text(report.Upper)}",
                report.LabelsText(),
                $"{report.Unreviewed}",
                Output.Text(report.State)
            );
        }

        console.Write(table);
    }
}
