using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Plumbline.LocalCloud.Services.S3.Checksums;

/// <summary>
/// A reflected cyclic redundancy check of 32 or 64 bits. It is folded if the processor supports that; otherwise it
/// takes eight bytes at a time with eight tables ("slicing by 8").
/// </summary>
internal sealed class Crc
{
    private const int Slices = 8;

    private readonly ulong[][] tables;
    private readonly int width;
    private readonly CrcFolding? folding;

    private Crc(ulong reflectedPolynomial, int width)
    {
        this.width = width;
        folding = CrcFolding.IsSupported ? new CrcFolding(reflectedPolynomial, width) : null;
        tables = new ulong[Slices][];
        tables[0] = [.. Enumerable.Range(0, 256).Select(value => Divide((ulong)value, reflectedPolynomial))];
        for (var slice = 1; slice < Slices; slice++)
        {
            tables[slice] = [.. tables[slice - 1].Select(value => tables[0][(byte)value] ^ (value >> 8))];
        }
    }

    /// <summary>The CRC of IEEE 802.3, as in zip files.</summary>
    public static Crc Crc32 { get; } = new(0xEDB88320, 32);

    /// <summary>The CRC of NVM Express, AWS's default.</summary>
    public static Crc Crc64Nvme { get; } = new(0x9A6C9329AC4BC9B5, 64);

    /// <summary>The state before the first byte.</summary>
    public ulong Start => width == 64 ? ulong.MaxValue : uint.MaxValue;

    /// <summary>The state after some more bytes.</summary>
    public ulong Append(ulong state, ReadOnlySpan<byte> bytes)
    {
        if (folding is null || bytes.Length < CrcFolding.Least)
        {
            return AppendByTables(state, bytes);
        }

        Span<byte> folded = stackalloc byte[16];
        var behind = folding.Fold(state, bytes, folded);
        return AppendByTables(AppendByTables(0, folded), bytes[behind..]);
    }

    /// <summary>The checksum of all bytes so far, big-endian.</summary>
    public byte[] Finish(ulong state)
    {
        var sum = new byte[width / 8];
        if (width == 64)
        {
            BinaryPrimitives.WriteUInt64BigEndian(sum, ~state);
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(sum, ~(uint)state);
        }

        return sum;
    }

    private ulong AppendByTables(ulong state, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<ulong> t0 = tables[0];
        ReadOnlySpan<ulong> t1 = tables[1];
        ReadOnlySpan<ulong> t2 = tables[2];
        ReadOnlySpan<ulong> t3 = tables[3];
        ReadOnlySpan<ulong> t4 = tables[4];
        ReadOnlySpan<ulong> t5 = tables[5];
        ReadOnlySpan<ulong> t6 = tables[6];
        ReadOnlySpan<ulong> t7 = tables[7];
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            var mixed = state ^ (BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
            state =
                t7[(byte)mixed]
                ^ t6[(byte)(mixed >> 8)]
                ^ t5[(byte)(mixed >> 16)]
                ^ t4[(byte)(mixed >> 24)]
                ^ t3[(byte)(mixed >> 32)]
                ^ t2[(byte)(mixed >> 40)]
                ^ t1[(byte)(mixed >> 48)]
                ^ t0[(byte)(mixed >> 56)];
        }

        foreach (var value in bytes[(words.Length * sizeof(ulong))..])
        {
            state = t0[(byte)(state ^ value)] ^ (state >> 8);
        }

        return state;
    }

    private static ulong Divide(ulong value, ulong polynomial)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ polynomial;
        }

        return value;
    }
}
