using Plumbline.Loop.GroundTruth;
using Plumbline.Loop.Home;
using Plumbline.Loop.Monitoring;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Monitoring;
using Plumbline.WebConsole.Captures;

namespace Plumbline.WebConsole.Pages.Review;

/// <summary>The data of the review page: one item to look at, and the progress of the review.</summary>
public sealed record ReviewModel
{
    private const int ShownConflicts = 20;
    private const int ShownMatches = 20;
    private const int ShownPredictions = 25;

    /// <summary>audit, uncertain or newest; null if the item was searched by its key.</summary>
    public string? List { get; init; }

    /// <summary>The item; null if the list is done, or no prediction has the key.</summary>
    public ReviewItem? Item { get; init; }

    /// <summary>The earlier verdict on the item; null before the first answer.</summary>
    public Verdict? Said { get; init; }

    /// <summary>Another reviewer who has the item or has just answered it; null if none does.</summary>
    public ReviewLease? Other { get; init; }

    /// <summary>The labels wanted next, in a sentence; null before the first measurement, and while there is an item.</summary>
    public string? Wanted { get; init; }

    /// <summary>The number of open items of the list that other reviewers have now.</summary>
    public int WithOthers { get; init; }

    /// <summary>True if the person must answer before they see the model's answer.</summary>
    public bool IsBlind { get; init; }

    /// <summary>The item that comes next if nobody takes it, so that the page can fetch its image ahead; or null.</summary>
    public ReviewItem? Next { get; init; }

    /// <summary>The item that was answered last on this page, for undo.</summary>
    public string? Last { get; init; }

    /// <summary>The key that was searched.</summary>
    public string? Search { get; init; }

    /// <summary>Predictions whose keys begin with the searched one, if none has exactly this key.</summary>
    public IReadOnlyList<IndexedCapture> Matches { get; init; } = [];

    /// <summary>The newest predictions; null on the other lists.</summary>
    public CapturePage? Newest { get; init; }

    /// <summary>The filter of <see cref="Newest"/>.</summary>
    public CaptureFilter Filter { get; init; } = new();

    /// <summary>The open items of the list, and all that it had when it was created.</summary>
    public required (int Open, int All) Audit { get; init; }

    /// <inheritdoc cref="Audit"/>
    public required (int Open, int All) Uncertain { get; init; }

    /// <summary>Labels that no data set version has yet.</summary>
    public long NewLabels { get; init; }

    /// <summary>Predictions on which people disagree.</summary>
    public IReadOnlyList<Verdict> Conflicts { get; init; } = [];

    /// <summary>The feature columns; empty if they are unknown.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>The progress of the index of predictions.</summary>
    public required IndexProgress Index { get; init; }

    /// <summary>Reads the data of the page.</summary>
    public static async Task<ReviewModel> ReadAsync(
        LoopContext loop,
        CaptureIndex index,
        ReviewQuery query,
        CancellationToken cancellationToken
    )
    {
        var lists = await ReviewLists.ReadAsync(loop, index, cancellationToken);
        var open = lists.Open(lists.Of(query.List)).ToList();
        var (item, others) = await ItemAsync(loop, index, lists, open, query, cancellationToken);
        var said = item is null
            ? null
            : (await index.Verdicts.OfAsync([item.JoinKey], cancellationToken)).GetValueOrDefault(item.JoinKey);
        var other = item is null ? null : others.GetValueOrDefault(item.JoinKey);
        return new ReviewModel
        {
            List = query.Key is null || item is { List: not ReviewList.Volunteered } ? query.List : null,
            Item = item,
            Said = said,
            Other = other,
            Wanted = item is null
                ? (await new MonitorRuns(loop, TimeProvider.System).WantedAsync(cancellationToken))?.Sentence
                : null,
            WithOthers = open.Count(one => others.ContainsKey(one.JoinKey)),
            IsBlind =
                item is not null && said is null && other?.Label is null && Reviews.IsBlind(loop.Project, item.JoinKey),
            Next = open.SkipWhile(one => one.JoinKey != item?.JoinKey)
                .Skip(1)
                .FirstOrDefault(one => !others.ContainsKey(one.JoinKey)),
            Last = query.Last,
            Search = query.Key,
            Matches =
                query.Key is { } prefix && item is null
                    ? await index.Predictions.SearchAsync(prefix, ShownMatches, cancellationToken)
                    : [],
            Newest =
                query.List == ReviewQuery.Newest && query.Key is null
                    ? await index.Predictions.PageAsync(query.Filter, ShownPredictions, query.Older, cancellationToken)
                    : null,
            Filter = query.Filter,
            Audit = (lists.Open(lists.Audit).Count(), lists.Audit.Count),
            Uncertain = (lists.Open(lists.Uncertain).Count(), lists.Uncertain.Count),
            NewLabels = lists.NewLabels,
            Conflicts = await index.Verdicts.ConflictsAsync(ShownConflicts, cancellationToken),
            Columns = lists.Newest?.Features ?? [],
            Index = lists.Index,
        };
    }

    /// <summary>The item of the page, and the leases of others. A reviewer takes the item; a viewer does not.</summary>
    private static async Task<(ReviewItem? Item, IReadOnlyDictionary<string, ReviewLease> Others)> ItemAsync(
        LoopContext loop,
        CaptureIndex index,
        ReviewLists lists,
        IReadOnlyList<ReviewItem> open,
        ReviewQuery query,
        CancellationToken cancellationToken
    )
    {
        var leases = new ReviewLeases(loop);
        if (query.Key is { } key)
        {
            var found = await FindAsync(loop, index, lists.Of(query.List), key, cancellationToken);
            if (found is not null && query.Answers)
            {
                await leases.TakeAsync(key, cancellationToken);
            }

            return (found, await leases.OthersAsync(cancellationToken));
        }

        if (query.Answers && open.Count > 0)
        {
            return await leases.NextAsync(open, query.After, cancellationToken);
        }

        var skipped = query.After is null ? -1 : open.ToList().FindIndex(item => item.JoinKey == query.After);
        return (open.ElementAtOrDefault(skipped + 1), new Dictionary<string, ReviewLease>());
    }

    /// <summary>An item by its key, from the given list, else from all captures.</summary>
    public static async Task<ReviewItem?> FindAsync(
        LoopContext loop,
        CaptureIndex index,
        IReadOnlyList<ReviewItem> list,
        string key,
        CancellationToken cancellationToken
    )
    {
        if (list.FirstOrDefault(item => item.JoinKey == key) is { } listed)
        {
            // A list has only the hash of a content; the index finds its bytes, which an answer keeps.
            return listed.Content is null
                ? listed
                : listed with
                {
                    Body = (await index.Predictions.GetAsync(key, cancellationToken))?.Content?.Body,
                };
        }

        // The index may be a few seconds behind; the newest captures are in the newest files.
        var found =
            await index.Predictions.GetAsync(key, cancellationToken)
            ?? (
                index.Progress.IsComplete ? null : await new CapturedPredictions(loop).FindAsync(key, cancellationToken)
            );
        return found?.ToReviewItem(loop.Names.Endpoint, ReviewList.Volunteered);
    }
}

/// <summary>The query of the page's address.</summary>
/// <param name="List">audit, uncertain or newest.</param>
/// <param name="After">The item that was skipped.</param>
/// <param name="Key">One item by its key.</param>
/// <param name="Last">The item that was answered last.</param>
/// <param name="Answers">True if the person may answer, and so takes the item.</param>
public sealed record ReviewQuery(string? List, string? After, string? Key, string? Last, bool Answers)
{
    /// <summary>The name of the list of all predictions.</summary>
    public const string Newest = "newest";

    /// <summary>The filter of the newest predictions.</summary>
    public CaptureFilter Filter { get; init; } = new();

    /// <summary>The start of a page of older predictions; null for the newest.</summary>
    public long? Older { get; init; }
}
