using System.CommandLine;
using Plumbline.Backtest;
using Plumbline.Backtest.Grids;
using Plumbline.Backtest.Projects;
using Plumbline.Backtest.Streams;
using Plumbline.Cli.Homes;
using Plumbline.Loop.Backtests;
using Plumbline.Records;
using Plumbline.Records.Backtests;
using Plumbline.XGBoost.Inputs;

namespace Plumbline.Cli.Commands.Backtests;

/// <summary><c>plumb backtest</c>: replays past rows under several policies of retraining.</summary>
internal static class BacktestCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE")
        {
            Description =
                "A table whose rows are in time order; without it, the project's base data and its predictions with truths",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var options = new BacktestOptions();
        var home = new HomeOptions();
        var command = new Command(
            "backtest",
            "Replay past rows: the accuracy of never retraining, of alarms, of always retraining, and of a blend"
        )
        {
            file,
        };
        foreach (var option in options.All)
        {
            command.Options.Add(option);
        }
        command.Options.Add(Output.JsonOption());
        home.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                try
                {
                    var rows = new BacktestRows(options, home, parsed);
                    var replay = parsed.GetValue(file) is { } path
                        ? rows.OfTable(path)
                        : await rows.OfProjectAsync(cancellationToken);
                    var report = await PlayAsync(replay, options, parsed, cancellationToken);
                    await WriteAsync(report, options, home, parsed, cancellationToken);
                    Output.Write(parsed, report, BacktestText.Write);
                }
                catch (DllNotFoundException error)
                {
                    throw new UserError("backtest", error.Message);
                }
            }
        );
        return command;
    }

    private static async Task<BacktestReport> PlayAsync(
        Replay replay,
        BacktestOptions options,
        ParseResult parsed,
        CancellationToken cancellationToken
    )
    {
        var report = replay.Play(DateTimeOffset.UtcNow, options.Own(parsed, replay.Stream.Task));
        report = await WithProjectAsync(replay, report, cancellationToken);
        if (parsed.GetValue(options.Grid))
        {
            using var progress = new GridProgress();
            var grid = Grid.Usual(replay, report);
            report = report with
            {
                Grid = await grid.RunAsync(
                    parsed.GetValue(options.Results)!.FullName,
                    progress.Show,
                    cancellationToken
                ),
            };
        }
        return report with { Recommendation = Recommender.Of(report) };
    }

    /// <summary>Adds the policy of the project; production could not train on too few rows either.</summary>
    private static async Task<BacktestReport> WithProjectAsync(
        Replay replay,
        BacktestReport report,
        CancellationToken cancellationToken
    )
    {
        if (replay.Project is not { } project)
        {
            return report;
        }

        try
        {
            var own = await project(report).PlayAsync(report.Metric, replay.Price, cancellationToken);
            return report with { Policies = [.. report.Policies, own] };
        }
        catch (Exception reason) when (reason is UserError or InputException)
        {
            await Console.Error.WriteLineAsync(
                $"The policy '{BacktestReport.Project}' is left out, because production could not train: {reason.Message}"
            );
            return report;
        }
    }

    private static async Task WriteAsync(
        BacktestReport report,
        BacktestOptions options,
        HomeOptions home,
        ParseResult parsed,
        CancellationToken cancellationToken
    )
    {
        if (parsed.GetValue(options.Report) is { } into)
        {
            var text = into.EndsWith(".html", StringComparison.OrdinalIgnoreCase)
                ? ReportHtml.Page(report)
                : RecordJson.WriteDocument(report);
            await File.WriteAllTextAsync(into, text, cancellationToken);
        }
        if (parsed.GetValue(options.Store))
        {
            var folder = await home.ProjectAsync(parsed, cancellationToken);
            var loop = await home.LoopAsync(folder.Description, parsed, cancellationToken);
            var key = await new StoredBacktests(loop.Bucket).StoreAsync(report, cancellationToken);
            await Console.Error.WriteLineAsync($"Stored in {loop.Bucket.UriOf(key)}: the console shows it.");
        }
    }
}
