using Plumbline.Records;
using Plumbline.Records.Monitoring;

namespace Plumbline.Loop.GroundTruth;

/// <summary>One person looks at one item, or has just answered it.</summary>
/// <param name="JoinKey">The item.</param>
/// <param name="Reviewer">Who, as answers name them.</param>
/// <param name="Until">When it is anybody's again, in the cloud's time.</param>
/// <param name="Label">What they said; null while they look.</param>
public sealed record ReviewLease(string JoinKey, string Reviewer, DateTimeOffset Until, string? Label = null);

/// <summary>
/// Which reviewer has which item. An item that is shown to somebody is theirs for some minutes, so that two people who
/// review at once never get the same one. It is one small object in S3, changed only by who has read its last version:
/// it holds for several consoles at once, and over their restarts.
/// </summary>
public sealed class ReviewLeases(LoopContext loop)
{
    private const int Attempts = 20;

    /// <summary>How long an item is somebody's.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(5);

    private static readonly Content Nobody = new([]);

    /// <summary>The leases of others that stand now, by item.</summary>
    public async Task<IReadOnlyDictionary<string, ReviewLease>> OthersAsync(
        CancellationToken cancellationToken = default
    )
    {
        var (text, _) = await loop.Bucket.FindTextVersionAsync(Layout.ReviewLeases, cancellationToken);
        var now = await loop.Clock.NowAsync(cancellationToken);
        return Others(Read(text).Leases.Where(lease => lease.Until > now));
    }

    /// <summary>Takes the next item that nobody else has: the caller's own from before, else the first one.</summary>
    /// <param name="open">The items that nobody has answered, in their order.</param>
    /// <param name="skipped">The key of the one that the caller passes over: it is anybody's again. Null for none.</param>
    /// <param name="cancellationToken">Ends it before anything is taken.</param>
    /// <returns>The item, null where there is none left; and the leases of others.</returns>
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
                // What was answered a moment ago may not be among the known answers yet.
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

    /// <summary>Takes one item, unless another has it or somebody has just answered it.</summary>
    /// <returns>The other's lease; null where it is the caller's now.</returns>
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

    /// <summary>Notes an answer before it is recorded, unless another has answered meanwhile and the caller does not know.</summary>
    /// <param name="joinKey">The item.</param>
    /// <param name="label">The answer.</param>
    /// <param name="knows">Whether the caller has seen what the other said.</param>
    /// <param name="cancellationToken">Ends it before anything is noted.</param>
    /// <returns>The other's answer; null where the caller's is noted.</returns>
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

    /// <summary>Gives an item back, where the caller has it.</summary>
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

    /// <summary>Reads, changes and writes, again and again until nobody else wrote in between.</summary>
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

    /// <summary>A broken object is as good as none: at worst two people see the same item once.</summary>
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
