using Plumbline.Loop;
using Plumbline.Loop.Data;
using Plumbline.Loop.GroundTruth;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Monitoring;

namespace Plumbline.Console.Pages.Review;

/// <summary>The review page: one item to look at, and how far people are.</summary>
public sealed record ReviewModel
{
    /// <summary>audit or uncertain; null where the item was looked for.</summary>
    public string? List { get; init; }

    /// <summary>The item; null where the list is done.</summary>
    public ReviewItem? Item { get; init; }

    /// <summary>What was said of it before.</summary>
    public IReadOnlyList<Correction> Said { get; init; } = [];

    /// <summary>The item that was answered last on this page, for undo.</summary>
    public string? Last { get; init; }

    /// <summary>What was looked for.</summary>
    public string? Search { get; init; }

    /// <summary>Open items by list, and how many there were when the lists were made.</summary>
    public required (int Open, int All) Audit { get; init; }

    /// <inheritdoc cref="Audit"/>
    public required (int Open, int All) Uncertain { get; init; }

    /// <summary>Audit labels that the newest measurement had.</summary>
    public long LabelsThen { get; init; }

    /// <summary>Labels that no data set version has yet.</summary>
    public int NewLabels { get; init; }

    /// <summary>Predictions on which people disagree.</summary>
    public IReadOnlyList<IReadOnlyList<Correction>> Conflicts { get; init; } = [];

    /// <summary>The feature columns, where they are known.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Reads what the page shows.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="said">What people said so far.</param>
    /// <param name="query">What the address asks for.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<ReviewModel> ReadAsync(
        LoopContext loop,
        CorrectionSnapshot said,
        ReviewQuery query,
        CancellationToken cancellationToken
    )
    {
        var reviews = new Reviews(loop);
        var audit = await reviews.AuditListAsync(cancellationToken);
        var uncertain = await reviews.UncertainListAsync(cancellationToken);
        var newest = await new DataSets(loop).NewestAsync(cancellationToken);
        var known = newest?.Corrections.All().ToHashSet() ?? [];
        var item = query.Key is { } key
            ? Listed(audit, uncertain, query.List, key) ?? await FindAsync(loop, key, cancellationToken)
            : Next(query.List == "uncertain" ? uncertain : audit, said, query.After);
        return new ReviewModel
        {
            List = query.Key is null || item?.List != ReviewList.Volunteered ? query.List : null,
            Item = item,
            Said = item is null ? [] : said.Of(item.JoinKey),
            Last = query.Last,
            Search = query.Key,
            Audit = (audit.Count(one => said.Of(one.JoinKey).Count == 0), audit.Count),
            Uncertain = (uncertain.Count(one => said.Of(one.JoinKey).Count == 0), uncertain.Count),
            NewLabels = said.ByKey.Values.Sum(answers => answers.Count(answer => !known.Contains(answer.Id))),
            Conflicts = [.. said.Conflicts().OrderByDescending(answers => answers[^1].Time).Take(20)],
            Columns = newest?.Features ?? [],
        };
    }

    /// <summary>The first one that nobody has answered, after the one that was skipped.</summary>
    private static ReviewItem? Next(IReadOnlyList<ReviewItem> items, CorrectionSnapshot said, string? after)
    {
        var open = items.Where(item => said.Of(item.JoinKey).Count == 0).ToList();
        var skipped = after is null ? -1 : open.FindIndex(item => item.JoinKey == after);
        return open.ElementAtOrDefault(skipped + 1);
    }

    private static ReviewItem? Listed(
        IReadOnlyList<ReviewItem> audit,
        IReadOnlyList<ReviewItem> uncertain,
        string? list,
        string key
    ) =>
        list switch
        {
            "audit" => audit.FirstOrDefault(item => item.JoinKey == key),
            "uncertain" => uncertain.FirstOrDefault(item => item.JoinKey == key),
            _ => null,
        };

    private static async Task<ReviewItem?> FindAsync(LoopContext loop, string key, CancellationToken cancellationToken)
    {
        var found = await new CapturedPredictions(loop).FindAsync(key, cancellationToken);
        return found?.ToReviewItem(loop.Names.Endpoint, ReviewList.Volunteered);
    }
}

/// <summary>What the address asks for.</summary>
/// <param name="List">audit or uncertain.</param>
/// <param name="After">The item that was skipped.</param>
/// <param name="Key">One item by its key.</param>
/// <param name="Last">The item that was answered last.</param>
public sealed record ReviewQuery(string? List, string? After, string? Key, string? Last);
