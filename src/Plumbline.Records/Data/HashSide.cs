using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Records.Data;

/// <summary>Divides keys by a rule's hash, for many keys one after the other.</summary>
internal sealed class HashSide
{
    private readonly SplitRule rule;
    private readonly byte[] text;
    private readonly int salt;

    public HashSide(SplitRule rule)
    {
        this.rule = rule;
        var begin = Encoding.UTF8.GetBytes($"plumbline split\n{rule.Salt}\n");
        salt = begin.Length;
        text = [.. begin, .. new byte[SHA256.HashSizeInBytes]];
    }

    /// <summary>The side of a key; the same key has the same side in every version.</summary>
    public Side Of(SplitKey key)
    {
        key.WriteTo(text.AsSpan(salt));
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        RowHash.Write(text, hash);
        // The first 53 bits as a fraction in [0, 1).
        var position = (BinaryPrimitives.ReadUInt64BigEndian(hash) >> 11) * (1.0 / (1UL << 53));
        return position < rule.HoldOut ? Side.Test
            : position < rule.HoldOut + rule.Validation ? Side.Validation
            : Side.Train;
    }
}
