using Plumbline.Aws.Errors;
using Plumbline.Loop;
using Plumbline.Loop.Data;
using Plumbline.Loop.GroundTruth;
using Plumbline.Loop.Registry;
using Plumbline.Loop.Retraining;
using Plumbline.Records.Data;
using Plumbline.Records.Monitoring;
using Plumbline.WebConsole.Captures;

namespace Plumbline.WebConsole.Pages.Review;

/// <summary>The two lists as the monitor left them, and what people have said since.</summary>
/// <param name="Audit">The audit sample, in its random order.</param>
/// <param name="Uncertain">The least certain ones.</param>
/// <param name="Said">What was said of items of either, by join key.</param>
/// <param name="Newest">The newest data set version; null before the first.</param>
/// <param name="NewLabels">Predictions with a label that no registered version was trained with.</param>
/// <param name="Index">How far the index is that knows what was said.</param>
internal sealed record ReviewLists(
    IReadOnlyList<ReviewItem> Audit,
    IReadOnlyList<ReviewItem> Uncertain,
    IReadOnlyDictionary<string, Verdict> Said,
    DataSetManifest? Newest,
    long NewLabels,
    IndexProgress Index
)
{
    /// <summary>Reads them.</summary>
    public static async Task<ReviewLists> ReadAsync(
        LoopContext loop,
        CaptureIndex index,
        CancellationToken cancellationToken
    )
    {
        var reviews = new Reviews(loop);
        var audit = await reviews.AuditListAsync(cancellationToken);
        var uncertain = await reviews.UncertainListAsync(cancellationToken);
        var keys = audit.Concat(uncertain).Select(item => item.JoinKey).ToHashSet();
        var newest = await new DataSets(loop).NewestAsync(cancellationToken);
        var learned = await LearnedAsync(loop, cancellationToken);
        return new ReviewLists(
            audit,
            uncertain,
            await index.Verdicts.OfAsync(keys, cancellationToken),
            newest,
            await index.Verdicts.CountNewAsync(learned, cancellationToken),
            index.Progress
        );
    }

    private static async Task<IReadOnlySet<Guid>> LearnedAsync(LoopContext loop, CancellationToken cancellationToken)
    {
        try
        {
            var versions = await new ModelRegistry(loop).ListAsync(cancellationToken);
            var baseline = await new NewLabels(loop).BaselineAsync(versions, cancellationToken);
            return baseline?.Corrections.All().ToHashSet() ?? [];
        }
        catch (AwsException missing) when (missing.Status is 400 or 404)
        {
            // The registry comes with the first push.
            return new HashSet<Guid>();
        }
    }

    /// <summary>The items of a list by its name: audit or uncertain; none for another name.</summary>
    public IReadOnlyList<ReviewItem> Of(string? list) =>
        list switch
        {
            "audit" => Audit,
            "uncertain" => Uncertain,
            _ => [],
        };

    /// <summary>Those of a list that nobody has answered.</summary>
    public IEnumerable<ReviewItem> Open(IEnumerable<ReviewItem> list) =>
        list.Where(item => !Said.ContainsKey(item.JoinKey));
}
