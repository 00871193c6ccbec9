using System.Diagnostics;
using System.Globalization;
using Plumbline.Backtest;
using Plumbline.Backtest.Policies;
using Plumbline.Backtest.Streams;
using Plumbline.Testing;

namespace Plumbline.Bench.Backtest;

/// <summary>Policies over real streams and over streams of known drift: accuracy, trainings and trained rows.</summary>
internal static class BacktestBench
{
    private const int Windows = 30;
    private const int OwnRows = 12_000;

    // A blend may be this much worse than the first model.
    private const double Slack = 0.002;

    // With all labels: the best in hindsight of four policies that train one recipe in each window, minus 0.003.
    private static readonly (string Name, double AllLabels, double TenPercent)[] Real =
    [
        ("elec2", 0.7242 - 0.003, 0.700),
        ("beijing_pm25", 0.7656 - 0.003, 0.745),
    ];

    public static Task RunAsync(CancellationToken cancel)
    {
        Console.WriteLine("Backtest: accuracy over all served rows; trained rows relative to always");
        foreach (var (name, all, ten) in Real)
        {
            var (features, columns, truths) = RealStreams.Read(name);
            var stream = new LabelledStream(features, columns, truths);
            Print(name, stream, new LabelDelivery(), _ => all, mostRows: 0.8);
            foreach (var (share, bar) in ((double, double?)[])[(0.1, ten), (0.03, null), (0.01, null)])
            {
                for (var draw = 1; draw <= 3; draw++)
                {
                    cancel.ThrowIfCancellationRequested();
                    Print(
                        string.Create(CultureInfo.InvariantCulture, $"{name}, {share:P0} of the labels, draw {draw}"),
                        stream,
                        new LabelDelivery(share, Seed: draw),
                        never => bar ?? never - Slack
                    );
                }
            }
        }
        foreach (var (name, stream) in DriftStreams.All(OwnRows))
        {
            foreach (var share in (double[])[1, 0.1, 0.03, 0.01])
            {
                cancel.ThrowIfCancellationRequested();
                Print(
                    string.Create(CultureInfo.InvariantCulture, $"{name}, {share:P0} of the labels"),
                    Own(stream),
                    new LabelDelivery(share),
                    never => never - Slack
                );
            }
        }
        Numbers();
        return Task.CompletedTask;
    }

    /// <summary>Bicycles rented in an hour: the second of two years has 1.6 times the rentals of the first.</summary>
    private static void Numbers()
    {
        var stream = TableStream.Read(
            Repository.Path("samples", "rentals", "hours.csv.gz"),
            new TableReading("rentals") { Time = "time" }
        );
        foreach (var metric in (string[])["mae", "rmse"])
        {
            var replay = new Replay(stream, StreamWindows.Even(stream.Rows, Windows), new LabelDelivery(), "rentals")
            {
                Metric = metric,
            };
            Line($"rentals, {metric}: {stream.Rows} rows");
            foreach (var one in replay.Play(DateTimeOffset.UtcNow).Policies)
            {
                Line($"  {one.Policy, -16} {one.Figure:F2}  trainings {one.Trainings, 3}  rows {one.RowShare:F3}");
            }
        }
    }

    private static LabelledStream Own((float[] Features, int[] Truths) stream) =>
        new(stream.Features, DriftStreams.Columns, stream.Truths);

    /// <param name="bar">The accuracy that the blend must reach, from that of the first model.</param>
    /// <param name="mostRows">The trained rows that the blend may have, relative to always.</param>
    private static void Print(
        string title,
        LabelledStream stream,
        LabelDelivery delivery,
        Func<double, double> bar,
        double mostRows = double.PositiveInfinity
    )
    {
        var before = CpuSeconds();
        var windows = StreamWindows.Even(stream.Rows, Windows);
        var report = new Replay(stream, windows, delivery, title).Play(
            DateTimeOffset.UtcNow,
            BacktestPolicy.BlendAlways
        );
        Line($"{title}: {stream.Rows} rows, {CpuSeconds() - before:F1} CPU-s");
        foreach (var one in report.Policies)
        {
            Line($"  {one.Policy, -16} accuracy {one.Figure:F4}  trainings {one.Trainings, 3}  rows {one.RowShare:F3}");
        }
        var never = report.Policies.Single(one => one.Policy == BacktestPolicy.Never.Name);
        var blend = report.Policies.Single(one => one.Policy == BacktestPolicy.Blend.Name);
        var least = bar(never.Figure);
        Line(
            $"  blend against the best in hindsight ('{report.Best().Policy}'): {blend.Figure - report.Best().Figure:+0.0000;-0.0000}"
        );
        var holds = blend.Figure >= least && blend.RowShare <= mostRows;
        var rows = double.IsFinite(mostRows)
            ? "rows <= " + mostRows.ToString("F1", CultureInfo.InvariantCulture)
            : "any rows";
        Line($"  bar of blend: accuracy >= {least:F4}, {rows}: {(holds ? "holds" : "missed")}");
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private static double CpuSeconds()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalSeconds;
    }
}
