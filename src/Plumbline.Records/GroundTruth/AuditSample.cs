using System.Text;

namespace Plumbline.Records.GroundTruth;

/// <summary>
/// The predictions whose labels make the published figure. Membership is a hash of the join key, so it is fixed before
/// anyone sees the answer, and everybody who knows the key knows it. A larger share keeps all earlier members.
/// </summary>
public static class AuditSample
{
    /// <summary>"audit" in ASCII: another seed than any other use of the hash.</summary>
    private const ulong Seed = 0x6175646974;

    /// <summary>True where the key is a member at this share in (0, 1].</summary>
    public static bool Contains(string joinKey, double share) => Position(joinKey) < share;

    /// <summary>
    /// Where the key lies in [0, 1). Says nothing about the prediction: the members with the lowest positions are a random
    /// sample of the members, which is why the audit list is in this order.
    /// </summary>
    public static double Position(string joinKey) => Position(Hash(Encoding.UTF8.GetBytes(joinKey)));

    /// <summary>The hash that <see cref="Position(ulong)"/> takes.</summary>
    /// <param name="joinKey">UTF-8.</param>
    public static ulong Hash(ReadOnlySpan<byte> joinKey) => XxHash64.Hash(joinKey, Seed);

    /// <summary>The first 53 bits of the hash as a fraction in [0, 1).</summary>
    public static double Position(ulong hash) => (hash >> 11) * (1.0 / (1UL << 53));
}
