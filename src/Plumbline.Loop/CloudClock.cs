namespace Plumbline.Loop;

/// <summary>
/// The time where the services are. Records, windows and cool-downs live in the cloud's time, and this machine's may be
/// another; S3 stamps what it stores, in both homes.
/// </summary>
public sealed class CloudClock(LoopBucket bucket)
{
    private const string Key = "clock";

    /// <summary>Now, to the second.</summary>
    public async Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken = default)
    {
        await bucket.PutTextAsync(Key, "", cancellationToken);
        return await bucket.LastModifiedAsync(Key, cancellationToken);
    }
}
