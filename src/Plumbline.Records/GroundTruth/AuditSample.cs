using System.Text;

namespace Plumbline.Records.GroundTruth;

/// <summary>
/// The predictions whose labels make the published figure. A hash of the join key decides on membership, so it is fixed
/// before anyone sees the answer, and anyone with the key can compute it. A larger share keeps all earlier members.
/// </summary>
public static class AuditSample
{
    /// <summary>"audit" in ASCII, so that the sample does not depend on other uses of the hash.</summary>
    private const ulong Seed = 0x6175646974;

    /// <summary>True if the key is a member at this share, in (0, 1].</summary>
    public static bool Contains(string joinKey, double share) => Position(joinKey) < share;

    /// <summary>
    /// The position of the key in [0, 1). It does not depend on the prediction. The audit list is sorted by it, so that
    /// its first rows are a random sample of the members.
    /// </summary>
    public static double Position(string joinKey) => Position(Hash(Encoding.UTF8.GetBytes(joinKey)));

    /// <summary>The hash for <see cref="Position(ulong)"/>.</summary>
    /// <param name="joinKey">The key in UTF-8.</param>
    public static ulong Hash(ReadOnlySpan<byte> joinKey) => XxHash64.Hash(joinKey, Seed);

    /// <summary>The first 53 bits of the hash as a fraction in [0, 1).</summary>
    public static double Position(ulong hash) => (hash >> 11) * (1.0 / (1UL << 53));
}
