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

    /// <summary>What was said of it before; null where nobody spoke.</summary>
    public Verdict? Said { get; init; }

    /// <summary>The item that was answered last on this page, for undo.</summary>
    public string? Last { get; init; }

    /// <summary>What was looked for.</summary>
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
        var item = query.Key is { } key
            ? await FindAsync(loop, index, lists.Of(query.List), key, cancellationToken)
            : Next(lists.Open(lists.Of(query.List)).ToList(), query.After);
        return new ReviewModel
        {
            List = query.Key is null || item is { List: not ReviewList.Volunteered } ? query.List : null,
            Item = item,
            Said = item is null
                ? null
                : (await index.Verdicts.OfAsync([item.JoinKey], cancellationToken)).GetValueOrDefault(item.JoinKey),
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

    /// <summary>The first open one after the one that was skipped.</summary>
    private static ReviewItem? Next(List<ReviewItem> open, string? after)
    {
        var skipped = after is null ? -1 : open.FindIndex(item => item.JoinKey == after);
        return open.ElementAtOrDefault(skipped + 1);
    }
}

/// <summary>What the address asks for.</summary>
/// <param name="List">audit, uncertain or newest.</param>
/// <param name="After">The item that was skipped.</param>
/// <param name="Key">One item by its key.</param>
/// <param name="Last">The item that was answered last.</param>
public sealed record ReviewQuery(string? List, string? After, string? Key, string? Last)
{
    /// <summary>The list of all predictions, whoever would review them.</summary>
    public const string Newest = "newest";

    /// <summary>Which of the newest predictions.</summary>
    public CaptureFilter Filter { get; init; } = new();

    /// <summary>Where the page of older predictions begins; null for the newest.</summary>
    public long? Older { get; init; }
}
