namespace Plumbline.Loop;

/// <summary>Waits for a state by asking for it: AWS's API tells of no change by itself.</summary>
/// <param name="time">The clock of the pauses.</param>
/// <param name="pause">Between two questions.</param>
internal sealed class Polling(TimeProvider time, TimeSpan pause)
{
    /// <summary>Asks until there is an answer.</summary>
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
