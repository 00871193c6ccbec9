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
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Takes the lease, and waits for another holder to give it back: who waited decides on what the other one did,
    /// instead of being refused because two events arrived in the same second.
    /// </summary>
    /// <param name="bucket">The loop's bucket.</param>
    /// <param name="holder">An id that no other caller has.</param>
    /// <param name="tries">The number of tries, a second apart.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The lease; null if another holder still has it after the last try.</returns>
    public static async Task<Lease?> TakeAsync(
        BucketClient bucket,
        string holder,
        int tries,
        CancellationToken cancellationToken
    )
    {
        for (var left = tries; ; left--)
        {
            var lease = await TryTakeAsync(bucket, holder, cancellationToken);
            if (lease is not null || left <= 1)
            {
                return lease;
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <summary>Takes the lease; null if another holder has it.</summary>
    private static async Task<Lease?> TryTakeAsync(
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
