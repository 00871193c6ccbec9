namespace Plumbline.Bench.Load;

/// <summary>What a server is asked in its turn.</summary>
/// <param name="Server">The server; null where the peer is not installed.</param>
/// <param name="Load">The requests.</param>
/// <param name="Requests">How many, if they are answered within the longest turn.</param>
internal sealed record Turn(ServerProcess? Server, HttpLoad Load, int Requests);

/// <summary>Servers under load, in turns, so that what else the machine does meets them all alike.</summary>
internal static class Turns
{
    private const int Rounds = 3;
    private const int WarmUp = 3;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(4);

    /// <summary>CPU time a request, in microseconds; NaN for a peer that is not installed.</summary>
    public static async Task<double[]> MeasureAsync(Turn[] turns, CancellationToken cancel)
    {
        var seconds = new double[turns.Length];
        var answers = new int[turns.Length];
        // The first round is for the compilers, which take their time where others are at work.
        for (var round = -1; round < Rounds; round++)
        {
            foreach (var (i, turn) in turns.Index())
            {
                if (turn.Server is not { } server)
                {
                    continue;
                }

                var before = server.CpuSeconds();
                var requests = round < 0 ? WarmUp * turn.Requests : turn.Requests;
                var answered = await turn.Load.RunAsync(server.Port, requests, Longest, cancel);
                if (round >= 0)
                {
                    seconds[i] += server.CpuSeconds() - before;
                    answers[i] += answered;
                }
            }
        }

        return [.. seconds.Zip(answers, (s, n) => s / n * 1e6)];
    }
}
