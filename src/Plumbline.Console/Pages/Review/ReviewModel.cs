using Plumbline.Loop;
using Plumbline.Loop.GroundTruth;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Monitoring;
using Plumbline.WebConsole.Captures;

namespace Plumbline.WebConsole.Pages.Review;

/// <summary>The review page: one item to look at, and how far people are.</summary>
public sealed record ReviewModel
{
    private const int ShownConflicts = 20;
    private const int ShownMatches = 20;
    private const int ShownPredictions = 25;

    /// <summary>audit, uncertain or newest; null where the item was looked for.</summary>
    public string? List { get; init; }

    /// <summary>The item; null where the list is done, or nothing has the key.</summary>
    public ReviewItem? Item { get; init; }

    /// <summary>The earlier verdict on it; null where there is none.</summary>
    public Verdict? Said { get; init; }

    /// <summary>Somebody else who has the item, or has just answered it; null where nobody does.</summary>
    public ReviewLease? Other { get; init; }

    /// <summary>How many open items of the list others look at now.</summary>
    public int WithOthers { get; init; }

    /// <summary>True where the model's answer waits for the person's.</summary>
    public bool IsBlind { get; init; }

    /// <summary>The item that was answered last on this page, for undo.</summary>
    public string? Last { get; init; }

    /// <summary>The text that was looked for.</summary>
    public string? Search { get; init; }

    /// <summary>Predictions whose keys begin with what was looked for, where none has it whole.</summary>
    public IReadOnlyList<IndexedCapture> Matches { get; init; } = [];

    /// <summary>The newest predictions, on that list.</summary>
    public CapturePage? Newest { get; init; }

    /// <summary>Which of them.</summary>
    public CaptureFilter Filter { get; init; } = new();

    /// <summary>Open items by list, and how many there were when the lists were made.</summary>
    public required (int Open, int All) Audit { get; init; }

    /// <inheritdoc cref="Audit"/>
    public required (int Open, int All) Uncertain { get; init; }

    /// <summary>Labels that no data set version has yet.</summary>
    public long NewLabels { get; init; }

    /// <summary>Predictions on which people disagree.</summary>
    public IReadOnlyList<Verdict> Conflicts { get; init; } = [];

    /// <summary>The feature columns, where they are known.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>How far the index is behind S3.</summary>
    public required IndexProgress Index { get; init; }

    /// <summary>Reads what the page shows.</summary>
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
            WithOthers = open.Count(one => others.ContainsKey(one.JoinKey)),
            IsBlind =
                item is not null && said is null && other?.Label is null && Reviews.IsBlind(loop.Project, item.JoinKey),
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

    /// <summary>The item that the page is of, and what others have. Who answers takes it; who only looks does not.</summary>
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

    /// <summary>An item by its key: on the list that it is meant as one of, else wherever it was captured.</summary>
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
            return listed;
        }

        // The index may be a few seconds behind; what was captured just now is in the newest files.
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
/// <param name="Answers">Whether the person may answer, and so takes the item.</param>
public sealed record ReviewQuery(string? List, string? After, string? Key, string? Last, bool Answers)
{
    /// <summary>The list of all predictions, whoever would review them.</summary>
    public const string Newest = "newest";

    /// <summary>Which of the newest predictions.</summary>
    public CaptureFilter Filter { get; init; } = new();

    /// <summary>Where the page of older predictions begins; null for the newest.</summary>
    public long? Older { get; init; }
}
