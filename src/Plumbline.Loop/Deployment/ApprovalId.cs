using System.Buffers.Binary;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.Loop.Registry;
using Plumbline.Records;

namespace Plumbline.Loop.Deployment;

/// <summary>
/// Identifies the approval of a version: by the act that the package names (<see cref="ModelMetadata.Decision"/>) and
/// by the reason, since a decision in SageMaker Studio writes no act. The time of the package's last change is not part
/// of it: people annotate packages that were deployed long ago.
/// </summary>
internal static class ApprovalId
{
    /// <summary>The prefix of a decision that goes back to a version.</summary>
    public const string GoesBack = "rollback:";

    /// <summary>The id of a version's current approval; another approval of the same version has another id.</summary>
    public static string Of(ModelVersion version) =>
        $"{version.Arn}@{version.Decision}#{ModelMetadata.HashOf(version.StatusReason)}";

    /// <summary>
    /// The ledger's last entry for a version's current approval, or null. Also null if production went back from the
    /// version afterwards, that is, if the next deployment repeated an earlier approval: the version may be deployed
    /// again.
    /// </summary>
    public static LedgerEntry? CarriedOut(ModelVersion version, IReadOnlyList<LedgerEntry> entries)
    {
        var id = Of(version);
        var at = entries.ToList().FindLastIndex(entry => entry.Approval == id);
        if (at < 0)
        {
            return null;
        }

        var next = entries.Skip(at + 1).FirstOrDefault(entry => entry.Deployed);
        var wentBack =
            entries[at].Deployed
            && next is not null
            && entries.Take(at).Any(entry => entry.Deployed && entry.Approval == next.Approval);
        return wentBack ? null : entries[at];
    }

    /// <summary>True if the version in production was decided about later than another version.</summary>
    /// <param name="live">The version in production.</param>
    /// <param name="entries">The ledger: a decision is earlier than its deployment.</param>
    public static bool IsLater(ModelVersion live, IReadOnlyList<LedgerEntry> entries, ModelVersion other)
    {
        if (ActOf(live, entries) is { } act && ActOf(other, entries) is { } earlier)
        {
            // UUIDv7: acts sort by their time.
            return act.CompareTo(earlier) > 0;
        }

        var deployed = entries.LastOrDefault(entry => entry.Deployed && entry.PackageArn == live.Arn)?.Time;
        return TimeOf(live, entries, deployed ?? live.Modified) > TimeOf(other, entries, other.Modified);
    }

    private static DateTimeOffset TimeOf(
        ModelVersion version,
        IReadOnlyList<LedgerEntry> entries,
        DateTimeOffset latest
    ) =>
        ActOf(version, entries) is { } act ? TimeOf(act)
        : version.Modified < latest ? version.Modified
        : latest;

    private static DateTimeOffset TimeOf(Guid act)
    {
        Span<byte> bytes = stackalloc byte[16];
        act.TryWriteBytes(bytes, bigEndian: true, out _);
        return DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes) >> 16);
    }

    /// <summary>
    /// The act of a version's decision; null for a decision in Studio, after the recorded act or without.
    /// </summary>
    private static Guid? ActOf(ModelVersion version, IReadOnlyList<LedgerEntry> entries)
    {
        var parts = version.Decision.Split(':');
        var isOfAct =
            parts.Length >= 2
            && (parts[0] == "reject") == (version.Status == ModelApprovalStatus.Rejected)
            && (parts.Length < 3 || parts[2] == ModelMetadata.HashOf(version.StatusReason));
        var isAgain = CarriedOut(version, entries) is null
            ? entries.Any(entry => entry.Approval == Of(version))
            : entries.Count(entry => entry.Deployed && entry.Approval == Of(version)) > 1;
        return isOfAct && !isAgain && Guid.TryParse(parts[1], out var id) ? id : null;
    }
}
