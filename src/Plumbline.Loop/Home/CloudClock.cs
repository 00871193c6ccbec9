using Plumbline.Aws.Client;

namespace Plumbline.Loop.Home;

/// <summary>
/// The cloud's time, for records, windows and cool-downs: this machine's clock may differ from it. It is read from S3,
/// which stamps each stored object, on AWS and in the local cloud.
/// </summary>
public sealed class CloudClock(BucketClient bucket)
{
    internal const string Key = "clock";

    private readonly Lock gate = new();
    private DateTimeOffset last;

    /// <summary>
    /// The current time. S3 gives whole seconds; another call within the same second returns a later millisecond, so
    /// that the ids made from these times keep the order of events.
    /// </summary>
    public async Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken = default)
    {
        await bucket.PutTextAsync(Key, "", cancellationToken);
        var second = (await bucket.FindVersionAsync(Key, cancellationToken))!.Modified;
        lock (gate)
        {
            return last = second > last ? second : last.AddMilliseconds(1);
        }
    }

    /// <summary>One millisecond after the last returned time, without a call to S3.</summary>
    public DateTimeOffset Next()
    {
        lock (gate)
        {
            return last = last.AddMilliseconds(1);
        }
    }
}
