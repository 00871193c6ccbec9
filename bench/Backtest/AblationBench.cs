using System.Globalization;
using Plumbline.Backtest;
using Plumbline.Backtest.Costs;
using Plumbline.Backtest.Policies;
using Plumbline.Backtest.Streams;
using Plumbline.Records.Backtests;
using Plumbline.Testing;

namespace Plumbline.Bench.Backtest;

/// <summary>Each rule of the blend off, one at a time: the tables of docs/backtest.md.</summary>
internal static class AblationBench
{
    private const int Windows = 30;

    public static Task RunAsync(CancellationToken cancel)
    {
        var streams = new List<string>();
        var results = new List<IReadOnlyList<PolicyResult>>();
        foreach (var (name, stream, share) in Streams())
        {
            cancel.ThrowIfCancellationRequested();
            using var backtest = new StreamBacktest(
                stream,
                StreamWindows.Even(stream.Rows, Windows),
                new LabelDelivery(share)
            );
            BacktestPolicy[] policies =
            [
                .. Ablations.All(backtest.Reference() - Replay.AlarmMargin),
                BacktestPolicy.Never,
                .. BacktestPolicy.Singles,
            ];
            streams.Add(name);
            results.Add([.. policies.Select(backtest.Run)]);
            Console.Error.WriteLine(name);
        }
        Console.WriteLine("Accuracy of the blend, and the difference to it:\n");
        Print(
            streams,
            results,
            (one, blend) =>
                ReferenceEquals(one, blend)
                    ? one.Figure.ToString("0.0000", CultureInfo.InvariantCulture)
                    : (one.Figure - blend.Figure).ToString("+0.0000;-0.0000;0", CultureInfo.InvariantCulture)
        );
        Console.WriteLine(
            $"\nTrainings, trained rows relative to `always`, and US dollars on {TrainingPrice.UsualInstance}:\n"
        );
        Print(
            streams,
            results,
            (one, _) => FormattableString.Invariant($"{one.Trainings}, {one.RowShare:0.00}, {one.Dollars:0.00}")
        );
        return Task.CompletedTask;
    }

    private static void Print(
        List<string> streams,
        List<IReadOnlyList<PolicyResult>> results,
        Func<PolicyResult, PolicyResult, string> cell
    )
    {
        Console.WriteLine($"| rule | {string.Join(" | ", streams)} |");
        Console.WriteLine($"| --- |{string.Concat(streams.Select(_ => " --- |"))}");
        for (var policy = 0; policy < results[0].Count; policy++)
        {
            var cells = results.Select(of => cell(of[policy], of[0]));
            Console.WriteLine($"| {results[0][policy].Policy} | {string.Join(" | ", cells)} |");
        }
    }

    private static IEnumerable<(string, LabelledStream, double)> Streams()
    {
        foreach (var (name, share) in ((string, double)[])[("elec2", 1), ("elec2", 0.1), ("beijing_pm25", 1)])
        {
            var (features, columns, truths) = RealStreams.Read(name);
            yield return (
                share < 1 ? $"{name}, 10 % of the labels" : name,
                new LabelledStream(features, columns, truths),
                share
            );
        }
        foreach (var (name, stream) in DriftStreams.All(12_000))
        {
            yield return (name, new LabelledStream(stream.Features, DriftStreams.Columns, stream.Truths), 1);
        }
    }
}
