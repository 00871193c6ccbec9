using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Records.GroundTruth;

/// <summary>
/// The predictions whose labels make the published figure. Membership is a hash of the join key, so it is fixed before
/// anyone sees the answer, and everybody who knows the key knows it. A larger share keeps all earlier members.
/// </summary>
public static class AuditSample
{
    private static ReadOnlySpan<byte> Domain => "plumbline audit\n"u8;

    /// <summary>Whether the key is a member at this share in (0, 1].</summary>
    public static bool Contains(string joinKey, double share) => Position(joinKey) < share;

    /// <summary>
    /// Where the key lies in [0, 1). Says nothing about the prediction: the members with the lowest positions are a random
    /// sample of the members, which is why the audit list is in this order.
    /// </summary>
    public static double Position(string joinKey) => Position(Encoding.UTF8.GetBytes(joinKey));

    /// <inheritdoc cref="Position(string)"/>
    /// <param name="joinKey">UTF-8.</param>
    public static double Position(ReadOnlySpan<byte> joinKey)
    {
        Span<byte> buffer = stackalloc byte[512];
        var length = Domain.Length + joinKey.Length;
        var text = length <= buffer.Length ? buffer[..length] : new byte[length];
        Domain.CopyTo(text);
        joinKey.CopyTo(text[Domain.Length..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        return UnitInterval.Of(hash);
    }
}

/// <summary>A hash as a number.</summary>
internal static class UnitInterval
{
    /// <summary>The first 53 bits, big-endian, as a fraction in [0, 1).</summary>
    public static double Of(ReadOnlySpan<byte> hash) =>
        (BinaryPrimitives.ReadUInt64BigEndian(hash) >> 11) * (1.0 / (1UL << 53));
}
