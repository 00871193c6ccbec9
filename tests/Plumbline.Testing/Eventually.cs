using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Plumbline.Testing;

/// <summary>Waits for a state, never for a duration.</summary>
public static class Eventually
{
    // Long enough for a machine with another load.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(250);

    /// <summary>Asks until the answer fits.</summary>
    /// <exception cref="TimeoutException">
    /// No answer fit within the limit (four minutes by default); the message has the question and the last answer.
    /// </exception>
    public static async Task<T> Async<T>(
        Func<Task<T>> ask,
        Func<T, bool> fits,
        TimeSpan? limit = null,
        CancellationToken cancellationToken = default,
        [CallerArgumentExpression(nameof(ask))] string asked = "",
        [CallerArgumentExpression(nameof(fits))] string wanted = ""
    )
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            // A single answer that never arrives is limited too.
            var answer = await ask().InTimeAsync(limit > InTime.Limit ? limit : null, asked);
            if (fits(answer))
            {
                return answer;
            }

            if (clock.Elapsed > (limit ?? Limit))
            {
                throw new TimeoutException(
                    $"Waited {clock.Elapsed.TotalSeconds:0} s for: {asked}, {wanted}; the last answer was: {answer}"
                );
            }

            // Each question is work for the same machine, so the longer a wait lasts, the rarer are its questions.
            await Task.Delay(Pause(clock.Elapsed / 10), cancellationToken);
        }
    }

    /// <summary>Asks until the answer is true.</summary>
    public static Task Async(
        Func<Task<bool>> ask,
        TimeSpan? limit = null,
        CancellationToken cancellationToken = default,
        [CallerArgumentExpression(nameof(ask))] string asked = ""
    ) => Async(ask, static yes => yes, limit, cancellationToken, asked, "yes");

    /// <summary>Asks until the answer is true.</summary>
    public static Task Async(
        Func<bool> ask,
        TimeSpan? limit = null,
        CancellationToken cancellationToken = default,
        [CallerArgumentExpression(nameof(ask))] string asked = ""
    ) => Async(() => Task.FromResult(ask()), limit, cancellationToken, asked);

    private static TimeSpan Pause(TimeSpan wanted) =>
        wanted < Shortest ? Shortest
        : wanted > Longest ? Longest
        : wanted;
}
