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
    private const int OwnRows = 24_000;

    // The margin under the alarm's reference accuracy.
    private const double Margin = 0.02;

    public static Task RunAsync(CancellationToken cancel)
    {
        Console.WriteLine("Backtest: accuracy over all served rows; trained rows relative to always");
        foreach (var name in (string[])["elec2", "beijing_pm25"])
        {
            var (features, columns, truths) = RealStreams.Read(name);
            var stream = new LabelledStream(features, columns, truths);
            Print(name, stream, new LabelDelivery());
            foreach (var share in (double[])[0.1, 0.03, 0.01])
            {
                for (var seed = 1; seed <= 3; seed++)
                {
                    cancel.ThrowIfCancellationRequested();
                    var title = string.Create(CultureInfo.InvariantCulture, $"{name}, {share:P0} of the labels, draw {seed}");
                    Print(title, stream, new LabelDelivery(share, Seed: seed));
                }
            }
        }
        Print("no drift", Own(DriftStreams.Steady(OwnRows, 1)), new LabelDelivery());
        Print("abrupt", Own(DriftStreams.Abrupt(OwnRows, 2)), new LabelDelivery());
        Print("returning", Own(DriftStreams.Returning(OwnRows, 3)), new LabelDelivery());
        return Task.CompletedTask;
    }

    private static LabelledStream Own((float[] Features, int[] Truths) stream) =>
        new(stream.Features, DriftStreams.Columns, stream.Truths);

    private static void Print(string title, LabelledStream stream, LabelDelivery delivery)
    {
        var before = CpuSeconds();
        using var backtest = new StreamBacktest(stream, StreamWindows.Even(stream.Rows, Windows), delivery);
        var alarm = BacktestPolicy.Alarm(backtest.ReferenceAccuracy() - Margin);
        PolicyResult[] results =
        [
            backtest.Run(BacktestPolicy.Never),
            backtest.Run(alarm),
            backtest.Run(BacktestPolicy.Always),
            backtest.Run(BacktestPolicy.Blend),
        ];
        var seconds = CpuSeconds() - before;
        results = [.. results, backtest.Run(BacktestPolicy.BlendAlways)];
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{title}: {stream.Rows} rows, {seconds:F1} CPU-s without the last line"
            )
        );
        foreach (var result in results)
        {
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {result.Policy, -14} accuracy {result.Accuracy:F4}  trainings {result.Trainings, 3}  rows {result.RowShare:F3}"
                )
            );
        }
    }

    private static double CpuSeconds()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalSeconds;
    }
}
