using Plumbline.Records;

namespace Plumbline.Loop.Retraining;

/// <summary>
/// One retraining is decided at a time: who writes <c>governor/lease.json</c> first has it. A lease whose holder died is
/// taken over after its time.
/// </summary>
internal sealed class Lease(LoopBucket bucket, string holder) : IAsyncDisposable
{
    internal const string Key = "governor/lease.json";
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>Takes the lease; null where another has it.</summary>
    public static async Task<Lease?> TryTakeAsync(LoopBucket bucket, string holder, CancellationToken cancellationToken)
    {
        var text = RecordJson.WriteDocument(new Content(holder));
        if (await bucket.TryAddTextAsync(Key, text, cancellationToken))
        {
            return new Lease(bucket, holder);
        }

        var now = await new CloudClock(bucket).NowAsync(cancellationToken);
        // Given back in this moment, where there is none: whoever asks next gets it.
        if (await bucket.FindVersionAsync(Key, cancellationToken) is not { } left || now - left.Modified < Longest)
        {
            return null;
        }

        // Of two that find it left behind, one replaces it: the other's condition fails.
        return await bucket.TryReplaceTextAsync(Key, text, left.ETag, cancellationToken)
            ? new Lease(bucket, holder)
            : null;
    }

    /// <summary>Gives it back, unless it was taken over.</summary>
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
