using System.Diagnostics;

namespace Plumbline.LocalCloud.Tests;

/// <summary>Waits for states, never for durations.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Asks until the answer satisfies; fails with the last answer when patience ends.</summary>
    public static async Task<T> Get<T>(Func<Task<T>> ask, Func<T, bool> satisfies)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var answer = await ask();
            if (satisfies(answer))
            {
                return answer;
            }

            (watch.Elapsed < Patience).ShouldBeTrue($"Waited {Patience.TotalSeconds} s; the last answer was: {answer}");
            await Task.Delay(Pause);
        }
    }

    /// <summary>Asks until it is true.</summary>
    public static Task Be(Func<bool> ask) => Get(() => Task.FromResult(ask()), answer => answer);
}
