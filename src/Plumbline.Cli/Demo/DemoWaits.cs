using Plumbline.Records;

namespace Plumbline.Cli.Demo;

internal static class DemoWaits
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>The pause between two polls, 150 ms of real time.</summary>
    public static Task PauseAsync(TimeProvider time, CancellationToken cancellationToken) =>
        Task.Delay(Pause, time, cancellationToken);

    /// <summary>Polls until the answer is not null.</summary>
    /// <exception cref="UserError">The answer is still null after five minutes.</exception>
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
                throw new UserError(what, $"did not happen within {Patience.TotalMinutes:0} minutes");
            }

            await PauseAsync(TimeProvider.System, cancellationToken);
        }
    }
}
