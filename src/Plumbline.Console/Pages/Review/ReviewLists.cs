using Plumbline.Aws.Errors;
using Plumbline.Loop.Data;
using Plumbline.Loop.GroundTruth;
using Plumbline.Loop.Home;
using Plumbline.Loop.Registry;
using Plumbline.Loop.Retraining;
using Plumbline.Records.Data;
using Plumbline.Records.Monitoring;
using Plumbline.WebConsole.Captures;

namespace Plumbline.WebConsole.Pages.Review;

/// <summary>The two lists of the last measurement, and people's answers since then.</summary>
/// <param name="Audit">The audit sample, in its random order.</param>
/// <param name="Uncertain">The least certain predictions.</param>
/// <param name="Said">The verdicts on items of both lists, by join key.</param>
/// <param name="Newest">The newest data set version; null before the first.</param>
/// <param name="NewLabels">Predictions with a label that no registered version was trained with.</param>
/// <param name="Index">The progress of the index that has the verdicts.</param>
internal sealed record ReviewLists(
    IReadOnlyList<ReviewItem> Audit,
    IReadOnlyList<ReviewItem> Uncertain,
    IReadOnlyDictionary<string, Verdict> Said,
    DataSetManifest? Newest,
    long NewLabels,
    IndexProgress Index
)
{
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
            // The first push creates the registry.
            return new HashSet<Guid>();
        }
    }

    /// <summary>The items of a list by its name, audit or uncertain; empty for another name.</summary>
    public IReadOnlyList<ReviewItem> Of(string? list) =>
        list switch
        {
            "audit" => Audit,
            "uncertain" => Uncertain,
            _ => [],
        };

    /// <summary>The items of a list without an answer.</summary>
    public IEnumerable<ReviewItem> Open(IEnumerable<ReviewItem> list) =>
        list.Where(item => !Said.ContainsKey(item.JoinKey));
}
