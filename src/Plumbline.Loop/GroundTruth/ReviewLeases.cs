using Plumbline.Loop.Home;
using Plumbline.Records;
using Plumbline.Records.Monitoring;

namespace Plumbline.Loop.GroundTruth;

/// <summary>A reviewer's claim to an item that they look at or have just answered.</summary>
/// <param name="JoinKey">The item's join key.</param>
/// <param name="Reviewer">The reviewer, named as in the answers.</param>
/// <param name="Until">The end of the lease, in the cloud's time.</param>
/// <param name="Label">The reviewer's answer; null before it.</param>
public sealed record ReviewLease(string JoinKey, string Reviewer, DateTimeOffset Until, string? Label = null);

/// <summary>
/// Records which reviewer has which item. An item that a reviewer sees is theirs for some minutes, so that two people
/// who review at the same time never get the same one. All leases are one small object in S3, replaced only by a writer
/// that has read its last version: that works for several consoles, and across their restarts.
/// </summary>
public sealed class ReviewLeases(LoopContext loop)
{
    private const int Attempts = 20;

    /// <summary>How long a lease lasts.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(5);

    private static readonly Content Nobody = new([]);

    /// <summary>The current leases of other reviewers, by join key.</summary>
    public async Task<IReadOnlyDictionary<string, ReviewLease>> OthersAsync(
        CancellationToken cancellationToken = default
    )
    {
        var (text, _) = await loop.Bucket.FindTextVersionAsync(Layout.ReviewLeases, cancellationToken);
        var now = await loop.Clock.NowAsync(cancellationToken);
        return Others(Read(text).Leases.Where(lease => lease.Until > now));
    }

    /// <summary>Takes the next item that no other reviewer has: the caller's current one, else the first one.</summary>
    /// <param name="open">The items that nobody has answered, in their order.</param>
    /// <param name="skipped">The key of an item that the caller skips and gives back; null for none.</param>
    /// <param name="cancellationToken">Ends it before anything is taken.</param>
    /// <returns>The item, or null if none is left; and the leases of other reviewers.</returns>
    public Task<(ReviewItem? Item, IReadOnlyDictionary<string, ReviewLease> Others)> NextAsync(
        IReadOnlyList<ReviewItem> open,
        string? skipped,
        CancellationToken cancellationToken = default
    ) =>
        UpdateAsync<(ReviewItem?, IReadOnlyDictionary<string, ReviewLease>)>(
            (leases, now) =>
            {
                leases.RemoveAll(lease => IsOwn(lease) && lease.JoinKey == skipped);
                var taken = Others(leases);
                // The list of open items may still have one that was answered a moment ago.
                var free = open.Where(item =>
                        !taken.ContainsKey(item.JoinKey)
                        && !leases.Exists(lease => lease.JoinKey == item.JoinKey && lease.Label is not null)
                    )
                    .ToList();
                var own = skipped is null
                    ? free.Find(item => leases.Exists(lease => lease.JoinKey == item.JoinKey))
                    : null;
                var after = free.Find(item => item.JoinKey == skipped) is { } one ? free.IndexOf(one) + 1 : 0;
                var next = own ?? free.ElementAtOrDefault(after);
                if (next is not null)
                {
                    Put(leases, new ReviewLease(next.JoinKey, loop.Actor, now + Length));
                }

                return (next, taken);
            },
            cancellationToken
        );

    /// <summary>Takes one item, unless another reviewer has it or it has just been answered.</summary>
    /// <returns>The other reviewer's lease, or null.</returns>
    public Task<ReviewLease?> TakeAsync(string joinKey, CancellationToken cancellationToken = default) =>
        UpdateAsync(
            (leases, now) =>
            {
                var other = Others(leases).GetValueOrDefault(joinKey);
                if (other is null && !leases.Exists(lease => lease.JoinKey == joinKey && lease.Label is not null))
                {
                    Put(leases, new ReviewLease(joinKey, loop.Actor, now + Length));
                }

                return other;
            },
            cancellationToken
        );

    /// <summary>
    /// Notes an answer before it is recorded, unless another reviewer's answer is unseen by the caller.
    /// </summary>
    /// <param name="joinKey">The item's join key.</param>
    /// <param name="label">The answer.</param>
    /// <param name="knows">True if the caller has seen the other reviewer's answer.</param>
    /// <param name="cancellationToken">Ends it before anything is noted.</param>
    /// <returns>The other reviewer's answer; null if the caller's is noted.</returns>
    public Task<ReviewLease?> AnswerAsync(
        string joinKey,
        string label,
        bool knows,
        CancellationToken cancellationToken = default
    ) =>
        UpdateAsync(
            (leases, now) =>
            {
                var other = Others(leases).GetValueOrDefault(joinKey);
                if (other?.Label is not null && !knows)
                {
                    return other;
                }

                Put(leases, new ReviewLease(joinKey, loop.Actor, now + Length, label));
                return null;
            },
            cancellationToken
        );

    /// <summary>Gives an item back, if the caller has it.</summary>
    public Task ReturnAsync(string joinKey, CancellationToken cancellationToken = default) =>
        UpdateAsync(
            (leases, _) => leases.RemoveAll(lease => IsOwn(lease) && lease.JoinKey == joinKey),
            cancellationToken
        );

    private bool IsOwn(ReviewLease lease) => lease.Reviewer == loop.Actor;

    private Dictionary<string, ReviewLease> Others(IEnumerable<ReviewLease> leases) =>
        leases.Where(lease => !IsOwn(lease)).ToDictionary(lease => lease.JoinKey);

    private static void Put(List<ReviewLease> leases, ReviewLease lease)
    {
        leases.RemoveAll(one => one.JoinKey == lease.JoinKey);
        leases.Add(lease);
    }

    /// <summary>Reads, changes and writes the leases; repeats that if another writer was faster.</summary>
    private async Task<T> UpdateAsync<T>(
        Func<List<ReviewLease>, DateTimeOffset, T> change,
        CancellationToken cancellationToken
    )
    {
        var now = await loop.Clock.NowAsync(cancellationToken);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var (text, etag) = await loop.Bucket.FindTextVersionAsync(Layout.ReviewLeases, cancellationToken);
            var leases = Read(text).Leases.Where(lease => lease.Until > now).ToList();
            var result = change(leases, now);
            var changed = RecordJson.WriteDocument(new Content(leases));
            var written = etag is null
                ? await loop.Bucket.TryAddTextAsync(Layout.ReviewLeases, changed, cancellationToken)
                : await loop.Bucket.TryReplaceTextAsync(Layout.ReviewLeases, changed, etag, cancellationToken);
            if (written)
            {
                return result;
            }
        }

        throw new UserError(Layout.ReviewLeases, "too many people take items at this moment: try again");
    }

    /// <summary>An invalid object counts as empty: at worst two people see the same item once.</summary>
    private static Content Read(string? text)
    {
        try
        {
            return text is null ? Nobody : RecordJson.Read<Content>(text, Layout.ReviewLeases);
        }
        catch (UserError)
        {
            return Nobody;
        }
    }

    private sealed record Content(IReadOnlyList<ReviewLease> Leases);
}
