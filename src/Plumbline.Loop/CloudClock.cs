namespace Plumbline.Loop;

/// <summary>
/// The time where the services are. Records, windows and cool-downs live in the cloud's time, and this machine's may be
/// another; S3 stamps what it stores, in both homes.
/// </summary>
public sealed class CloudClock(LoopBucket bucket)
{
    internal const string Key = "clock";

    private readonly Lock gate = new();
    private DateTimeOffset last;

    /// <summary>
    /// Now. S3 tells the second; what is asked again within it gets a later millisecond each time, so that the ids made
    /// from these times keep the order in which things were done.
    /// </summary>
    public async Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken = default)
    {
        await bucket.PutTextAsync(Key, "", cancellationToken);
        var second = await bucket.LastModifiedAsync(Key, cancellationToken);
        lock (gate)
        {
            return last = second > last ? second : last.AddMilliseconds(1);
        }
    }

    /// <summary>The moment after the last one that was asked for, without asking S3.</summary>
    public DateTimeOffset Next()
    {
        lock (gate)
        {
            return last = last.AddMilliseconds(1);
        }
    }
}
