using System.CommandLine;
using Plumbline.Aws.Client;
using Plumbline.Backtest;
using Plumbline.Backtest.Projects;
using Plumbline.Backtest.Streams;
using Plumbline.Cli.Homes;
using Plumbline.Loop.Data;
using Plumbline.Loop.GroundTruth;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.GroundTruth;

namespace Plumbline.Cli.Commands.Backtests;

/// <summary>Reads the rows that a backtest replays.</summary>
internal sealed class BacktestRows(BacktestOptions options, HomeOptions home, ParseResult parsed)
{
    /// <summary>The rows of a table.</summary>
    public Replay OfTable(string path)
    {
        var label =
            parsed.GetValue(options.Label)
            ?? throw new UserError("--label", "is missing: write the column of the file that has the truth");
        var time = parsed.GetValue(options.Time);
        var period = options.Period(parsed, time is not null);
        var delivery = options.Delivery(parsed);
        var reading = new TableReading(label)
        {
            InitialShare = BacktestOptions.InitialShare,
            Time = time,
            Task = options.TaskOf(parsed),
        };
        var stream = TableStream.Read(path, reading);
        var windows = Windows(path, stream, (int)(stream.Rows * BacktestOptions.InitialShare), period);
        return Replay(stream, windows, delivery, Path.GetFileName(path), period) with
        {
            Price = options.PriceOf(parsed, null, new Dictionary<string, decimal>()),
            Project = report =>
                UsualProject.Of(path, reading, windows, delivery, stream, report.Metric, report.AlarmThreshold, period),
        };
    }

    /// <summary>The base data of a project, and its predictions with a truth.</summary>
    public async Task<Replay> OfProjectAsync(CancellationToken cancellationToken)
    {
        if (parsed.GetValue(options.Label) is not null || parsed.GetValue(options.Time) is not null)
        {
            throw new UserError("FILE", "is missing: --label and --time name columns of a file; a project has its own");
        }
        var period = options.Period(parsed, hasTimes: true);
        var delivery = options.Delivery(parsed);
        var folder = await home.ProjectAsync(parsed, cancellationToken);
        var project = folder.Description;
        if (project.Data.IsContent())
        {
            throw new UserError("backtest", "replays tables only; the examples of this project are contents");
        }
        var loop = await home.LoopAsync(project, parsed, cancellationToken);
        var corrections = new List<Correction>();
        await foreach (var file in new CorrectionFeed(loop.Bucket, []).NextAsync(cancellationToken))
        {
            corrections.AddRange(file.Corrections);
        }
        var files = await BaseSource.OpenAsync(
            folder,
            () => S3ClientFactory.Create(home.Connect(parsed)),
            cancellationToken
        );
        var table = Path.Combine(Path.GetTempPath(), $"plumbline-backtest-{Guid.NewGuid():N}.csv");
        try
        {
            var features = DataSetBuilder.ReadFeatures(files, project);
            var served = LiveTable.Served(project, features, corrections);
            var reading = LiveTable.Write(project, files, features, served, table);
            var stream = TableStream.Read(table, reading);
            var name = $"the endpoint {loop.Names.Endpoint}";
            var windows = Windows(name, stream, reading.InitialRows!.Value, period);
            return Replay(stream, windows, delivery, name, period) with
            {
                Price = options.PriceOf(parsed, project.Training.Instance, project.Prices),
                Project = project.Training.BringsCode()
                    ? null
                    : _ => ProjectStream.OfServed(project, files, served, windows, delivery),
            };
        }
        finally
        {
            File.Delete(table);
        }
    }

    private Replay Replay(
        LabelledStream stream,
        StreamWindows windows,
        LabelDelivery delivery,
        string source,
        TimeSpan? period
    ) =>
        delivery.Delay < windows.Count - 1
            ? new Replay(stream, windows, delivery, source)
            {
                Metric = options.MetricOf(parsed, stream.Task),
                Every = period,
            }
            : throw new UserError(
                "--delay",
                $"with {Plural.Of(windows.Count, "window", "windows")} and a delay of {delivery.Delay}, no label comes before the last window: write at most {Math.Max(0, windows.Count - 2)}, or more --windows"
            );

    private StreamWindows Windows(string place, LabelledStream stream, int initial, TimeSpan? length)
    {
        try
        {
            return length is { } time
                ? StreamWindows.ByTime(stream.Times, stream.Times[initial], time)
                : StreamWindows.After(initial, stream.Rows, parsed.GetValue(options.Windows));
        }
        catch (ArgumentException)
        {
            throw new UserError(
                length is null ? "--windows" : "--every",
                $"the {stream.Rows} rows of {place} do not fill that: {initial} train the first model, and each window needs a row"
            );
        }
    }
}
