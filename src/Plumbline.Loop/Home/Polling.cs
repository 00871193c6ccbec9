namespace Plumbline.Loop.Home;

/// <summary>Polls for a state: AWS's API does not report changes by itself.</summary>
/// <param name="time">The clock of the pauses.</param>
/// <param name="pause">The time between two polls.</param>
internal sealed class Polling(TimeProvider time, TimeSpan pause)
{
    /// <summary>Polls until the answer is not null.</summary>
    public async Task<T> UntilAsync<T>(Func<Task<T?>> askAsync, CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            if (await askAsync() is { } answer)
            {
                return answer;
            }

            await Task.Delay(pause, time, cancellationToken);
        }
    }
}
