using Microsoft.Extensions.Logging;

namespace Plumbline.LocalCloud.Time;

/// <summary>Work that is repeated for as long as the local cloud runs.</summary>
internal static class Rounds
{
    /// <summary>
    /// Runs the work, waits for more, and repeats, until the local cloud stops. A round that fails is logged and tried
    /// again after a pause: it must not end the service, and with it the whole server.
    /// </summary>
    /// <param name="log">The log of the service whose work it is.</param>
    /// <param name="pause">Real time between a failed round and the next.</param>
    /// <param name="work">One round.</param>
    /// <param name="wait">Returns when there may be more to do.</param>
    /// <param name="stoppingToken">Ends the rounds.</param>
    public static async Task RunAsync(
        ILogger log,
        TimeSpan pause,
        Func<CancellationToken, Task> work,
        Func<CancellationToken, Task> wait,
        CancellationToken stoppingToken
    )
    {
        while (true)
        {
            try
            {
                await work(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.RoundFailed(log, exception);
                await ProcessTime.Delay(pause, stoppingToken);
                continue;
            }

            await wait(stoppingToken);
        }
    }

    /// <summary>Runs the work for each name; a failure is logged with its name and does not stop the others.</summary>
    public static void Each(ILogger log, IEnumerable<string> names, Action<string> work)
    {
        foreach (var name in names)
        {
            try
            {
                work(name);
            }
            catch (Exception exception)
            {
                Log.ItemFailed(log, name, exception);
            }
        }
    }
}
