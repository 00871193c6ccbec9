namespace Plumbline.Loop.Tests.GroundTruth;

/// <summary>Counts concurrent reads of files. Each read waits a moment for another one.</summary>
/// <param name="ending">The end of the names of counted files.</param>
internal sealed class ReadsTogether(string ending) : DelegatingHandler
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource several = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int now;
    private int most;

    /// <summary>The largest number of concurrent reads.</summary>
    public int Most => most;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        if (
            request.Method != HttpMethod.Get
            || !request.RequestUri!.AbsolutePath.EndsWith(ending, StringComparison.Ordinal)
        )
        {
            return await base.SendAsync(request, cancellationToken);
        }

        var together = Interlocked.Increment(ref now);
        try
        {
            most = Math.Max(most, together);
            if (together > 1)
            {
                several.TrySetResult();
            }

            await Task.WhenAny(several.Task, Task.Delay(Patience, cancellationToken));
            return await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref now);
        }
    }
}
