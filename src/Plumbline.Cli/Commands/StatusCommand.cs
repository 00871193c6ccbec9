using System.CommandLine;
using Plumbline.Cli.Homes;
using Plumbline.Loop.Retraining;
using Plumbline.Loop.Status;
using Spectre.Console;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb status</c>: the whole loop on one screen.</summary>
internal static class StatusCommand
{
    public static Command Create() =>
        LoopCommand.Create(
            "status",
            "Show the whole loop on one screen, and the next step",
            async (loop, parsed, cancellationToken) =>
            {
                var status = await LoopStatus.ReadAsync(loop, cancellationToken);
                var troubles = HomeOptions.LocalCloud(parsed) is { } cloud
                    ? await CloudHealth.ReadAsync(cloud, cancellationToken)
                    : [];
                var retraining = await RetrainingOutlook.ReadAsync(loop, cancellationToken);
                Output.Write(parsed, status with { HomeTroubles = troubles, Retraining = retraining }, Write);
                return CommandLine.Ok;
            },
            Output.JsonOption()
        );

    public static void Write(IAnsiConsole console, LoopStatus status)
    {
        var table = Output.Table("", "");
        table.ShowHeaders = false;
        table.AddRow("build", Output.Text(status.Build ?? "none yet"));
        table.AddRow("training", Output.Text(status.Execution ?? "none yet"));
        table.AddRow("waiting", status.Waiting.Count == 0 ? "nothing" : $"version {string.Join(", ", status.Waiting)}");
        table.AddRow(
            "production",
            Output.Text(status.Production is { } live ? $"{live.VersionText}, {live.Status}" : "nothing yet")
        );
        table.AddRow("quality", Output.Text(status.Measured?.Explanation ?? "not measured yet"));
        table.AddRow("alarm", Output.Text(status.Alarm ?? "none"));
        if (status.Retraining is { } retraining)
        {
            var sentence = retraining.Sentence();
            table.AddRow("retraining", Output.Text(sentence));
            // The first one is in the sentence if something asks for a training.
            foreach (var hold in retraining.Holds.Where(hold => !sentence.Contains(hold, StringComparison.Ordinal)))
            {
                table.AddRow("", Output.Text(hold));
            }

            foreach (var trigger in retraining.Triggers.Skip(1))
            {
                table.AddRow("", Output.Text($"{trigger.Name}: {trigger.Text}"));
            }

            if (retraining.Spend is { } spend)
            {
                table.AddRow(
                    "budget",
                    Output.Text($"{spend.Sentence()}; {MonthlySpend.Dollars(spend.Left ?? 0)} are left")
                );
            }

            if (retraining.Labels is { } labels)
            {
                table.AddRow("labels wanted", Output.Text(labels.Sentence));
            }
        }

        table.AddRow(
            "last",
            Output.Text(
                status.LastAct is { } last
                    ? $"{last.Act.What} {last.Act.Subject}: {last.Outcome?.Outcome ?? "unfinished"} ({Output.Time(last.Act.Time)})"
                    : "nothing yet"
            )
        );
        if (status.SetAside.Lines > 0)
        {
            table.AddRow("set aside", Output.Text(status.SetAside.Sentence().Trim()));
        }

        foreach (var trouble in status.HomeTroubles)
        {
            table.AddRow(trouble == status.HomeTroubles[0] ? "local cloud" : "", Output.Text(trouble));
        }

        console.Write(table);
        console.WriteLine();
        if (status.Danger is null)
        {
            console.WriteLine(status.Next);
            return;
        }

        console.MarkupLine($"[red]{Output.Text(status.Danger)}[/]");
    }
}
