using System.CommandLine;
using System.Globalization;
using Plumbline.Backtest;
using Plumbline.Backtest.Streams;
using Plumbline.Records;
using Spectre.Console;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb backtest</c>: replays past rows under several policies of retraining.</summary>
internal static class BacktestCommand
{
    private const double InitialShare = 0.15;

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A table whose rows are in time order" };
        var label = new Option<string>("--label")
        {
            Description = "The column with the true class",
            HelpName = "COLUMN",
            Required = true,
        };
        var windows = new Option<int>("--windows")
        {
            Description = "Labels come in, and models may be trained, so many times",
            HelpName = "NUMBER",
            DefaultValueFactory = _ => 30,
        };
        var time = new Option<string>("--time")
        {
            Description = "The column with the time of each row, for --every",
            HelpName = "COLUMN",
        };
        var every = new Option<string>("--every")
        {
            Description = "Instead of --windows: labels come in at the end of each such time, such as 7d",
            HelpName = "DURATION",
        };
        var labels = new Option<double>("--labels")
        {
            Description = "The share of the served rows that get a label, such as 0.1",
            HelpName = "SHARE",
            DefaultValueFactory = _ => 1,
        };
        var delay = new Option<int>("--delay")
        {
            Description = "The windows that pass before a window's labels come in",
            HelpName = "NUMBER",
            DefaultValueFactory = _ => 0,
        };
        var report = new Option<string>("--report")
        {
            Description = "Write the results of each window into this file, as JSON",
            HelpName = "FILE",
        };
        var command = new Command(
            "backtest",
            "Replay past rows: the accuracy of never retraining, of alarms, of always retraining, and of a blend"
        )
        {
            file,
            label,
            windows,
            time,
            every,
            labels,
            delay,
            report,
            Output.JsonOption(),
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var delivery = Delivery(parsed.GetValue(labels), parsed.GetValue(delay));
                var path = parsed.GetRequiredValue(file);
                var result = Play(
                    path,
                    parsed.GetRequiredValue(label),
                    Period(parsed.GetValue(time), parsed.GetValue(every)),
                    parsed.GetValue(windows),
                    delivery
                );
                if (parsed.GetValue(report) is { } into)
                {
                    await File.WriteAllTextAsync(into, RecordJson.WriteDocument(result), cancellationToken);
                }
                Output.Write(parsed, result, Write);
            }
        );
        return command;
    }

    private static LabelDelivery Delivery(double share, int delay) =>
        !(share is > 0 and <= 1) ? throw new UserError("--labels", "must be a share over 0 and at most 1, such as 0.1")
        : delay < 0 ? throw new UserError("--delay", "must be 0 or more windows")
        : new LabelDelivery(share, delay);

    /// <summary>The column of the time with the length of a window; null for windows of equal rows.</summary>
    private static (string Column, TimeSpan Length)? Period(string? time, string? every) =>
        (time, every) switch
        {
            (null, null) => null,
            (null, _) or (_, null) => throw new UserError(
                "--time and --every",
                "belong together: write both or neither"
            ),
            _ => Durations.TryParse(every, out var length) && length > TimeSpan.Zero
                ? (time, length)
                : throw new UserError(
                    "--every",
                    $"'{every}' is not a duration: write a number with d, h, m or s, such as 7d"
                ),
        };

    private static BacktestReport Play(
        string path,
        string label,
        (string Column, TimeSpan Length)? period,
        int windows,
        LabelDelivery delivery
    )
    {
        try
        {
            var stream = TableStream.Read(path, label, InitialShare, period?.Column);
            return BacktestReport.Of(stream, Windows(path, stream, period?.Length, windows), delivery);
        }
        catch (DllNotFoundException error)
        {
            throw new UserError("backtest", error.Message);
        }
    }

    private static StreamWindows Windows(string path, LabelledStream stream, TimeSpan? length, int windows)
    {
        try
        {
            return length is { } time
                ? StreamWindows.ByTime(stream.Times, stream.Times[(int)(stream.Rows * InitialShare)], time)
                : StreamWindows.Even(stream.Rows, windows, InitialShare);
        }
        catch (ArgumentException)
        {
            throw new UserError(
                length is null ? "--windows" : "--every",
                $"the {stream.Rows} rows of {path} do not fill that: 15 % train the first model, and each window needs a row"
            );
        }
    }

    private static void Write(IAnsiConsole console, BacktestReport report)
    {
        var table = Output.Table("policy", "accuracy", "worst window", "trainings", "trained rows");
        foreach (var policy in report.Policies)
        {
            table.AddRow(
                policy.Policy,
                policy.Accuracy.ToString("0.0000", CultureInfo.InvariantCulture),
                policy.AccuracyByWindow.Min().ToString("0.000", CultureInfo.InvariantCulture),
                $"{policy.Trainings}",
                $"{policy.TrainedRows}"
            );
        }
        console.Write(table);
        console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{report.Rows} rows; the first {report.InitialRows} trained the first model, {report.Policies[0].Rows.Count} windows were served. The alarm's threshold was {report.ReferenceAccuracy - BacktestReport.AlarmMargin:0.000}."
            )
        );
    }
}
