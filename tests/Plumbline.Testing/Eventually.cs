using System.Diagnostics;

namespace Plumbline.Testing;

/// <summary>Waits for a state, never for a duration.</summary>
public static class Eventually
{
    /// <summary>Asks until the answer fits.</summary>
    /// <exception cref="TimeoutException">It did not within the limit (a minute if not said); names the last answer.</exception>
    public static async Task<T> Async<T>(
        Func<Task<T>> ask,
        Func<T, bool> fits,
        TimeSpan? limit = null,
        CancellationToken cancellationToken = default
    )
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var answer = await ask();
            if (fits(answer))
            {
                return answer;
            }

            if (clock.Elapsed > (limit ?? TimeSpan.FromMinutes(1)))
            {
                throw new TimeoutException($"Waited {clock.Elapsed.TotalSeconds:0} s; the last answer was: {answer}");
            }

            await Task.Delay(20, cancellationToken);
        }
    }

    /// <summary>Asks until the answer is yes.</summary>
    public static Task Async(
        Func<Task<bool>> ask,
        TimeSpan? limit = null,
        CancellationToken cancellationToken = default
    ) => Async(ask, static yes => yes, limit, cancellationToken);

    /// <summary>Asks until the answer is yes.</summary>
    public static Task Async(Func<bool> ask, TimeSpan? limit = null, CancellationToken cancellationToken = default) =>
        Async(() => Task.FromResult(ask()), limit, cancellationToken);
}
