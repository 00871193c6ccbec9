using System.Diagnostics;

namespace Plumbline.Bench.Load;

/// <param name="Server">The server; null if the peer is not installed.</param>
/// <param name="Load">The requests.</param>
/// <param name="Requests">The number of requests; a turn that takes too long has fewer.</param>
internal sealed record Turn(ServerProcess? Server, HttpLoad Load, int Requests);

/// <summary>Loads the servers in turns, so that other work on the machine affects all of them.</summary>
internal static class Turns
{
    private const int Rounds = 3;
    private const int WarmUp = 3;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(4);

    /// <summary>CPU time per request, in microseconds; NaN for a peer that is not installed.</summary>
    public static async Task<double[]> MeasureAsync(Turn[] turns, CancellationToken cancel) =>
        [.. (await FiguresAsync(turns, cancel)).Select(figure => figure.Cpu)];

    /// <summary>
    /// CPU time per request, in microseconds, and the seconds of a turn per request; NaN for a peer that is not
    /// installed.
    /// </summary>
    public static async Task<(double Cpu, double Seconds)[]> FiguresAsync(Turn[] turns, CancellationToken cancel)
    {
        var seconds = new double[turns.Length];
        var times = new double[turns.Length];
        var answers = new int[turns.Length];
        // The first round is not measured: it gives the JIT compilers time, which run slower under load.
        for (var round = -1; round < Rounds; round++)
        {
            foreach (var (i, turn) in turns.Index())
            {
                if (turn.Server is not { } server)
                {
                    continue;
                }

                var before = server.CpuSeconds();
                var clock = Stopwatch.StartNew();
                var requests = round < 0 ? WarmUp * turn.Requests : turn.Requests;
                var answered = await turn.Load.RunAsync(server.Port, requests, Longest, cancel);
                if (round >= 0)
                {
                    times[i] += clock.Elapsed.TotalSeconds;
                    seconds[i] += server.CpuSeconds() - before;
                    answers[i] += answered;
                }
            }
        }

        return [.. answers.Select((n, i) => (seconds[i] / n * 1e6, times[i] / n))];
    }
}
