using System.Security.Cryptography;
using System.Text;
using Plumbline.Loop.Home;
using Plumbline.Records;
using Plumbline.Records.GroundTruth;

namespace Plumbline.Loop.GroundTruth;

/// <summary>
/// The history as people read it: the acts of people and policies, and the files below <see cref="Layout.TruthDrop"/> that
/// jobs took or refused. A job writes no history (decision 0108), so its own record of these files is read.
/// </summary>
public static class WholeHistory
{
    /// <summary>The kind of the entry about a dropped file.</summary>
    public const string Drop = "drop";

    /// <summary>All entries, oldest first. A dropped file has one as long as it is there.</summary>
    public static async Task<IReadOnlyList<HistoryEntry>> ReadAsync(
        LoopContext loop,
        CancellationToken cancellationToken = default
    )
    {
        var acts = await loop.History.ReadAsync(cancellationToken: cancellationToken);
        var intake = GroundTruthIntake.Read(await loop.Bucket.FindTextAsync(Layout.Intake, cancellationToken));
        var drops = intake.Drops.Values.Where(drop => drop.ETag.Length > 0).Select(drop => Of(loop, drop));
        return [.. acts.Concat(drops).OrderBy(entry => entry.Act.Time)];
    }

    private static HistoryEntry Of(LoopContext loop, DroppedTruths drop)
    {
        var uri = loop.Bucket.UriOf(drop.Key);
        // The same content has the same entry in each reading.
        var id = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{drop.Key}\n{drop.ETag}")).AsSpan(0, 16));
        var text = Plural.Of(drop.Truths, "truth", "truths");
        return new HistoryEntry(
            new HistoryAct(
                id,
                drop.Read,
                drop.Who ?? uri,
                Drop,
                drop.Key,
                drop.Problem is not null ? drop.Reason
                    : string.IsNullOrWhiteSpace(drop.Reason) ? text
                    : $"{text}: {drop.Reason}"
            ),
            drop.Problem is { } problem
                ? new HistoryOutcome("refused", problem, drop.Read)
                : new HistoryOutcome("done", $"{text} are in {loop.Bucket.UriOf(drop.Delivered ?? "")}.", drop.Read)
        );
    }
}
