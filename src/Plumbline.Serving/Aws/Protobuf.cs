using Plumbline.XGBoost.Inputs;

namespace Plumbline.Serving.Aws;

/// <summary>The parts of protobuf's wire format that a Record needs: sized fields and packed varints.</summary>
internal static class Protobuf
{
    private const int Length = 2;

    /// <summary>Returns the ranges of a field's contents in a message; a field may be repeated.</summary>
    /// <exception cref="InputException">The message is damaged.</exception>
    public static List<Range> Fields(ReadOnlySpan<byte> message, int number)
    {
        var found = new List<Range>();
        var at = 0;
        while (at < message.Length)
        {
            var tag = Varint(message, ref at);
            var size = (int)(tag & 7) switch
            {
                0 => SkipVarint(message, at),
                1 => 8,
                5 => 4,
                // A length of 2^63 and more becomes negative, and is refused as such.
                Length => unchecked((long)Varint(message, ref at)),
                _ => throw Damaged(),
            };
            if (size < 0 || size > message.Length - at)
            {
                throw Damaged();
            }
            if ((tag & 7) == Length && tag >> 3 == (ulong)number)
            {
                found.Add(at..(at + (int)size));
            }
            at += (int)size;
        }
        return found;
    }

    /// <summary>Decodes the varints of a packed field.</summary>
    public static List<ulong> Varints(ReadOnlySpan<byte> packed)
    {
        var numbers = new List<ulong>();
        for (var at = 0; at < packed.Length; )
        {
            numbers.Add(Varint(packed, ref at));
        }
        return numbers;
    }

    /// <summary>Encodes a field: its tag, its length and its content.</summary>
    public static byte[] Field(int number, byte[] content)
    {
        using var field = new MemoryStream();
        Write(field, number, content);
        return field.ToArray();
    }

    /// <summary>Writes a field: its tag, its length and its content.</summary>
    public static void Write(Stream stream, int number, byte[] content)
    {
        WriteVarint(stream, (ulong)((number << 3) | Length));
        WriteVarint(stream, (ulong)content.Length);
        stream.Write(content);
    }

    private static void WriteVarint(Stream stream, ulong number)
    {
        for (; number >= 0x80; number >>= 7)
        {
            stream.WriteByte((byte)(number | 0x80));
        }
        stream.WriteByte((byte)number);
    }

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong number = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (at >= bytes.Length)
            {
                throw Damaged();
            }
            var part = bytes[at++];
            number |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return number;
            }
        }
        throw Damaged();
    }

    private static long SkipVarint(ReadOnlySpan<byte> bytes, int at)
    {
        var end = at;
        Varint(bytes, ref end);
        return end - at;
    }

    private static InputException Damaged() => new("record", "the protobuf is damaged");
}
