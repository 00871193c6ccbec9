using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Plumbline.LocalCloud.Services.S3.Checksums;

/// <summary>Castagnoli's CRC, for which processors have an instruction.</summary>
internal sealed class Crc32C : IncrementalChecksum
{
    private uint state = uint.MaxValue;

    public override void Append(ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            state = BitOperations.Crc32C(state, word);
        }

        foreach (var value in bytes[(words.Length * sizeof(ulong))..])
        {
            state = BitOperations.Crc32C(state, value);
        }
    }

    public override byte[] Finish()
    {
        var sum = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(sum, ~state);
        return sum;
    }
}
