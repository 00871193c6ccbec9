using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Plumbline.Records.Project;

namespace Plumbline.Records.Data;

/// <summary>The use of a row.</summary>
public enum Side
{
    /// <summary>Models learn from the row.</summary>
    Train,

    /// <summary>Training uses the row to decide when to stop.</summary>
    Validation,

    /// <summary>The row judges models; models never learn from it.</summary>
    Test,
}

/// <summary>The rule that divides the rows.</summary>
/// <param name="Salt">A text that is mixed into the hash.</param>
/// <param name="HoldOut">The share of the test side.</param>
/// <param name="Validation">The share of the validation side.</param>
public sealed record SplitRule(SplitMethod Method, string Salt, double HoldOut, double Validation)
{
    public static SplitRule Of(DataDescription data) => new(data.Split, data.Salt, data.HoldOut, data.Validation);

    /// <summary>
    /// Returns the side of a key under <see cref="SplitMethod.Hash"/>; the same key has the same side in every version.
    /// </summary>
    public Side SideOf(SplitKey key)
    {
        var salt = Encoding.UTF8.GetBytes($"plumbline split\n{Salt}\n");
        Span<byte> text = new byte[salt.Length + SHA256.HashSizeInBytes];
        salt.CopyTo(text);
        key.WriteTo(text[salt.Length..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        // The first 53 bits as a fraction in [0, 1).
        var position = (BinaryPrimitives.ReadUInt64BigEndian(hash) >> 11) * (1.0 / (1UL << 53));
        return position < HoldOut ? Side.Test
            : position < HoldOut + Validation ? Side.Validation
            : Side.Train;
    }

    /// <summary>
    /// Returns the side of the row at <paramref name="index"/> of <paramref name="count"/>, in order of time.
    /// </summary>
    public Side SideAt(int index, int count)
    {
        var newer = count - 1 - index;
        return newer < Math.Round(HoldOut * count) ? Side.Test
            : newer < Math.Round((HoldOut + Validation) * count) ? Side.Validation
            : Side.Train;
    }
}
