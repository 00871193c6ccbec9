using System.Diagnostics;
using System.Globalization;
using Plumbline.Backtest;
using Plumbline.Backtest.Projects;
using Plumbline.Backtest.Streams;
using Plumbline.Records.Backtests;
using Plumbline.Testing;

namespace Plumbline.Bench.Backtest;

/// <summary>
/// Projects as production plays them (<see cref="ProjectReplay"/>), with the description that a table begins with, beside
/// the policies of the backtest.
/// </summary>
internal static class ProjectBench
{
    private const int Windows = 30;
    private const int OwnRows = 12_000;
    private static readonly double[] Shares = [1, 0.1, 0.03, 0.01];

    public static async Task RunAsync(CancellationToken cancel)
    {
        Console.WriteLine("Projects by the code of production: accuracy, and trained rows relative to always");
        using var folder = new TemporaryFolder();
        IEnumerable<(string Name, string Path)> streams =
        [
            .. ((string[])["elec2", "beijing_pm25"]).Select(name => (name, SharedData.Path("data", $"{name}.csv.gz"))),
            .. DriftStreams.All(OwnRows).Select(one => (one.Name, folder.Write($"{one.Name}.csv", Table(one.Stream)))),
        ];
        foreach (var (name, path) in streams)
        {
            foreach (var share in Shares)
            {
                await PrintAsync(name, path, share, cancel);
            }
        }
    }

    private static async Task PrintAsync(string name, string path, double share, CancellationToken cancel)
    {
        var reading = new TableReading("label");
        var stream = TableStream.Read(path, reading);
        var windows = StreamWindows.Even(stream.Rows, Windows);
        var delivery = new LabelDelivery(share);
        var replay = new Replay(stream, windows, delivery, name);
        var report = replay.Play(DateTimeOffset.UtcNow);
        var project = UsualProject.Of(
            path,
            reading,
            windows,
            delivery,
            stream,
            report.Metric,
            report.AlarmThreshold,
            every: null
        );
        var before = CpuSeconds();
        var own = await project.PlayAsync(report.Metric, replay.Price, cancel);
        var seconds = CpuSeconds() - before;
        Line($"{name}, {share:P0} of the labels: {seconds:F1} CPU-s");
        PolicyResult[] shown = [report.Of(BacktestReport.Never), report.Best(), report.Of(BacktestReport.Blend), own];
        foreach (var one in shown)
        {
            Line(
                $"  {one.Policy, -16} {one.Figure:F4}  trainings {one.Trainings, 3}  rows {one.RowShare:F2}  ${one.Dollars:F2}"
            );
        }
    }

    private static string Table((float[] Features, int[] Truths) stream) =>
        $"label,{string.Join(',', Enumerable.Range(0, DriftStreams.Columns).Select(column => $"f{column}"))}\n"
        + string.Concat(
            stream
                .Features.Chunk(DriftStreams.Columns)
                .Zip(stream.Truths)
                .Select(row =>
                    $"{row.Second},{string.Join(',', row.First.Select(cell => cell.ToString(CultureInfo.InvariantCulture)))}\n"
                )
        );

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private static double CpuSeconds()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalSeconds;
    }
}
