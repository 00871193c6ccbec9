using System.Buffers.Binary;

namespace Plumbline.XGBoost.Formats;

/// <summary>
/// Validates universal binary JSON. libxgboost 1.7's own reader does not check lengths: with a truncated model it reads
/// memory behind the buffer. Source: https://ubjson.org, and the types that libxgboost writes.
/// </summary>
internal ref struct UniversalBinaryJson
{
    private const int Deepest = 64;

    private ReadOnlySpan<byte> rest;

    private UniversalBinaryJson(ReadOnlySpan<byte> rest) => this.rest = rest;

    /// <summary>True if the bytes are one complete value and nothing else.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> bytes)
    {
        var walk = new UniversalBinaryJson(bytes);
        return walk.TryByte(out var type) && walk.TryValue(type, 0) && walk.rest.IsEmpty;
    }

    private bool TryValue(byte type, int depth) =>
        type switch
        {
            (byte)'{' => depth < Deepest && TryObject(depth + 1),
            (byte)'[' => depth < Deepest && TryArray(depth + 1),
            (byte)'S' => TryLength(out var length) && TrySkip(length),
            _ => SizeOf(type) is { } size && TrySkip(size),
        };

    private bool TryObject(int depth)
    {
        while (TryByte(out var next))
        {
            if (next == '}')
                return true;
            // A key is a string without the type marker.
            if (
                !TryLength(next, out var length)
                || !TrySkip(length)
                || !TryByte(out var type)
                || !TryValue(type, depth)
            )
                return false;
        }
        return false;
    }

    private bool TryArray(int depth)
    {
        while (TryByte(out var next))
        {
            if (next == ']')
                return true;
            if (next == '$')
                return TryByte(out var type)
                    && SizeOf(type) is { } size
                    && TryByte(out var mark)
                    && mark == '#'
                    && TryLength(out var count)
                    && (size == 0 || (count <= rest.Length / size && TrySkip(count * size)));
            if (next == '#')
                return TryLength(out var items) && TryItems(items, depth);
            if (!TryValue(next, depth))
                return false;
        }
        return false;
    }

    private bool TryItems(long count, int depth)
    {
        for (; count > 0; count--)
        {
            if (!TryByte(out var type) || !TryValue(type, depth))
                return false;
        }
        return true;
    }

    private bool TryLength(out long length)
    {
        length = 0;
        return TryByte(out var type) && TryLength(type, out length);
    }

    private bool TryLength(byte type, out long length)
    {
        length = -1;
        if (type is not ((byte)'i' or (byte)'U' or (byte)'I' or (byte)'l' or (byte)'L'))
            return false;
        var at = rest;
        if (!TrySkip(SizeOf(type)!.Value))
            return false;
        length = type switch
        {
            (byte)'i' => (sbyte)at[0],
            (byte)'U' => at[0],
            (byte)'I' => BinaryPrimitives.ReadInt16BigEndian(at),
            (byte)'l' => BinaryPrimitives.ReadInt32BigEndian(at),
            _ => BinaryPrimitives.ReadInt64BigEndian(at),
        };
        return length >= 0;
    }

    /// <summary>The number of bytes of a value after its type marker, or null if the type has no fixed size.</summary>
    private static int? SizeOf(byte type) =>
        type switch
        {
            (byte)'Z' or (byte)'N' or (byte)'T' or (byte)'F' => 0,
            (byte)'i' or (byte)'U' or (byte)'C' => 1,
            (byte)'I' => 2,
            (byte)'l' or (byte)'d' => 4,
            (byte)'L' or (byte)'D' => 8,
            _ => null,
        };

    private bool TryByte(out byte value)
    {
        value = rest.IsEmpty ? (byte)0 : rest[0];
        return TrySkip(1);
    }

    private bool TrySkip(long count)
    {
        if (count > rest.Length)
            return false;
        rest = rest[(int)count..];
        return true;
    }
}
