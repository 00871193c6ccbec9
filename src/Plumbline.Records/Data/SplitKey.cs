using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Records.Data;

/// <summary>
/// The key that keeps rows together: SHA-256 of the entity's name if the project has an entity column, else of the
/// canonical feature bytes. It is never an id of a request, so a repeated row has the same key.
/// </summary>
public readonly record struct SplitKey(UInt128 High, UInt128 Low)
{
    public static SplitKey Of(CanonicalFeatures features)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        RowHash.Write(features.Bytes, hash);
        return FromHash(hash);
    }

    public static SplitKey OfRow(string csv)
    {
        var features = new CanonicalFeatures();
        features.AddRow(csv);
        return Of(features);
    }

    /// <summary>The key of an entity; ignores spaces around its name.</summary>
    public static SplitKey OfEntity(string name) => FromHash(SHA256.HashData(Encoding.UTF8.GetBytes(name.Trim())));

    /// <summary>Reads the text of <see cref="ToString"/>, or returns null for any other text.</summary>
    public static SplitKey? Parse(string? hex) =>
        hex is { Length: 64 } && hex.All(char.IsAsciiHexDigit) ? FromHash(Convert.FromHexString(hex)) : null;

    /// <summary>64 lower-case hex digits.</summary>
    public override string ToString() => $"{High:x32}{Low:x32}";

    /// <summary>
    /// The first 64 bits: enough to recognize a row among many. Two different rows of a hundred million have the same ones
    /// once in some thousand data sets, and are then on the same side.
    /// </summary>
    public ulong Short => (ulong)(High >> 64);

    /// <summary>Writes 32 bytes, big endian.</summary>
    public void WriteTo(Span<byte> hash)
    {
        BinaryPrimitives.WriteUInt128BigEndian(hash, High);
        BinaryPrimitives.WriteUInt128BigEndian(hash[16..], Low);
    }

    private static SplitKey FromHash(ReadOnlySpan<byte> hash) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
}
