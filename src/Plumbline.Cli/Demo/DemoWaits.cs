using Plumbline.Records;

namespace Plumbline.Cli.Demo;

/// <summary>Waits for states.</summary>
internal static class DemoWaits
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>A short real pause between two questions.</summary>
    public static Task PauseAsync(TimeProvider time, CancellationToken cancellationToken) =>
        Task.Delay(Pause, time, cancellationToken);

    /// <summary>Asks until there is an answer.</summary>
    /// <exception cref="UserError">There was none for minutes.</exception>
    public static async Task<T> UntilAsync<T>(string what, Func<Task<T?>> askAsync, CancellationToken cancellationToken)
        where T : class
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (await askAsync() is { } answer)
            {
                return answer;
            }

            if (TimeProvider.System.GetElapsedTime(started) > Patience)
            {
                throw new UserError(what, $"did not come about in {Patience.TotalMinutes:0} minutes");
            }

            await PauseAsync(TimeProvider.System, cancellationToken);
        }
    }
}
