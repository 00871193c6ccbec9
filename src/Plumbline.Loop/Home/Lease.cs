using Plumbline.Aws.Client;
using Plumbline.Records;

namespace Plumbline.Loop.Home;

/// <summary>
/// Lets only one retraining be decided at a time: the first writer of <c>governor/lease.json</c> has the lease. A lease
/// whose holder died can be taken over after ten minutes.
/// </summary>
internal sealed class Lease(BucketClient bucket, string holder) : IAsyncDisposable
{
    internal const string Key = "governor/lease.json";
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>Takes the lease; null if another holder has it.</summary>
    public static async Task<Lease?> TryTakeAsync(
        BucketClient bucket,
        string holder,
        CancellationToken cancellationToken
    )
    {
        var text = RecordJson.WriteDocument(new Content(holder));
        if (await bucket.TryAddTextAsync(Key, text, cancellationToken))
        {
            return new Lease(bucket, holder);
        }

        var now = await new CloudClock(bucket).NowAsync(cancellationToken);
        // A missing lease was given back at this moment: the next caller gets it.
        if (await bucket.FindVersionAsync(Key, cancellationToken) is not { } left || now - left.Modified < Longest)
        {
            return null;
        }

        // Of two callers that find a stale lease, one replaces it: the other's condition fails.
        return await bucket.TryReplaceTextAsync(Key, text, left.ETag, cancellationToken)
            ? new Lease(bucket, holder)
            : null;
    }

    /// <summary>Gives the lease back, unless it was taken over.</summary>
    public async ValueTask DisposeAsync()
    {
        var text = await bucket.FindTextAsync(Key);
        if (text is not null && RecordJson.Read<Content>(text, Key).Holder == holder)
        {
            await bucket.RemoveAsync(Key);
        }
    }

    private sealed record Content(string Holder);
}
