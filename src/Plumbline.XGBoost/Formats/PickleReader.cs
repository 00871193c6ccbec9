using System.Buffers.Binary;
using System.Text;

namespace Plumbline.XGBoost.Formats;

/// <summary>
/// Reads the pickle of a Booster and of nothing else. A pickle is a program that may call anything; this knows the
/// operations that put data together, and three calls: making a Booster, a bytearray, and bytes from a text. Any other
/// name is refused, and nothing is executed.
/// </summary>
internal ref struct PickleReader(ReadOnlySpan<byte> bytes)
{
    private const int MostItems = 1_000_000;
    private static readonly object Mark = new();

    private readonly Stack<object?> stack = new();
    private readonly Dictionary<long, object?> memo = [];
    private readonly long size = bytes.Length;
    private ReadOnlySpan<byte> rest = bytes;
    private long encoded;

    /// <summary>The items of the Booster's state.</summary>
    /// <exception cref="XGBoostException">It is another pickle, or damaged.</exception>
    public Dictionary<string, object?> ReadBooster()
    {
        try
        {
            while (Step()) { }
            return stack.Pop() is Made { State: { } state }
                ? state.Where(item => item.Key is string).ToDictionary(item => (string)item.Key, item => item.Value)
                : throw Refused("it does not hold a Booster");
        }
        catch (Exception e)
            when (e
                    is InvalidOperationException
                        or InvalidCastException
                        or ArgumentException
                        or KeyNotFoundException
                        or IndexOutOfRangeException
                        or NullReferenceException
                        or OverflowException
            )
        {
            throw Refused("it is cut short or damaged");
        }
    }

    // The operations that pickles of protocol 2 to 5 use for such objects; the letters are Python's (pickletools).
    private bool Step()
    {
        if (stack.Count + memo.Count > MostItems)
        {
            throw Refused("it is too large");
        }
        var operation = Byte();
        switch (operation)
        {
            case 0x80:
                Byte();
                break;
            case 0x95:
                Take(8);
                break;
            case (byte)'.':
                return false;
            case (byte)'c':
                stack.Push(Name(Line(), Line()));
                break;
            case 0x93:
                var name = (string)stack.Pop()!;
                stack.Push(Name((string)stack.Pop()!, name));
                break;
            case 0x94:
                memo[memo.Count] = stack.Peek();
                break;
            case (byte)'q':
                memo[Byte()] = stack.Peek();
                break;
            case (byte)'r':
                memo[Int32()] = stack.Peek();
                break;
            case (byte)'h':
                stack.Push(memo[Byte()]);
                break;
            case (byte)'j':
                stack.Push(memo[Int32()]);
                break;
            case (byte)'0':
                stack.Pop();
                break;
            case (byte)'(':
                stack.Push(Mark);
                break;
            default:
                stack.Push(Value(operation));
                break;
        }
        return true;
    }

    private object? Value(byte operation) =>
        operation switch
        {
            (byte)'N' => null,
            0x88 => true,
            0x89 => false,
            (byte)'K' => (long)Byte(),
            (byte)'M' => (long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2)),
            (byte)'J' => (long)Int32(),
            0x8a => Long(Take(Byte())),
            (byte)'G' => BinaryPrimitives.ReadDoubleBigEndian(Take(8)),
            (byte)'X' => Encoding.UTF8.GetString(Take(Int32())),
            0x8c => Encoding.UTF8.GetString(Take(Byte())),
            0x8d => Encoding.UTF8.GetString(Take(Int64())),
            (byte)'B' => Take(Int32()).ToArray(),
            (byte)'C' => Take(Byte()).ToArray(),
            0x8e or 0x96 => Take(Int64()).ToArray(),
            (byte)')' => Array.Empty<object?>(),
            0x85 => Tuple(1),
            0x86 => Tuple(2),
            0x87 => Tuple(3),
            (byte)'t' => AboveMark(),
            (byte)']' => new List<object?>(),
            (byte)'a' => Append([stack.Pop()]),
            (byte)'e' => Append(AboveMark()),
            (byte)'}' => new Dictionary<object, object?>(),
            (byte)'s' => SetItems(Tuple(2)),
            (byte)'u' => SetItems(AboveMark()),
            0x81 => New((object?[])stack.Pop()!),
            (byte)'R' => Call((object?[])stack.Pop()!),
            (byte)'b' => Build((Dictionary<object, object?>)stack.Pop()!),
            _ => throw Refused($"it holds more than data (operation 0x{operation:X2})"),
        };

    private static Named Name(string module, string name) =>
        (module, name) switch
        {
            ("xgboost.core", "Booster") => Named.Booster,
            ("builtins" or "__builtin__", "bytearray") => Named.ByteArray,
            ("_codecs", "encode") => Named.Encode,
            _ => throw Refused(
                $"it names {module}.{name}. Only an xgboost.Booster is read, and nothing else in a pickle is executed; save the "
                    + "model by Booster.save_model"
            ),
        };

    private object New(object?[] arguments) =>
        (Named)stack.Pop()! == Named.Booster && arguments.Length == 0
            ? new Made()
            : throw Refused("it makes something other than a Booster");

    private object Call(object?[] arguments) =>
        ((Named)stack.Pop()!, arguments) switch
        {
            (Named.ByteArray, [byte[] content]) => content,
            (Named.ByteArray, []) => Array.Empty<byte>(),
            // Protocol 2 has no bytes: it writes them as a text of as many letters.
            (Named.Encode, [string text, "latin1" or "latin-1"]) => Encode(text),
            (Named.ByteArray, [string text, "latin-1" or "latin1"]) => Encode(text),
            _ => throw Refused("it calls something"),
        };

    /// <summary>A text may be named again and again: together they may not become larger than the pickle that holds them.</summary>
    private byte[] Encode(string text)
    {
        encoded += text.Length;
        return encoded <= size
            ? Encoding.Latin1.GetBytes(text)
            : throw Refused($"it makes more bytes out of texts than the {size} bytes that it has itself");
    }

    private object Build(Dictionary<object, object?> state)
    {
        var made = (Made)stack.Pop()!;
        made.State = state;
        return made;
    }

    private object SetItems(object?[] items)
    {
        var dictionary = (Dictionary<object, object?>)stack.Pop()!;
        for (var i = 0; i < items.Length; i += 2)
        {
            dictionary[items[i]!] = items[i + 1];
        }
        return dictionary;
    }

    private object Append(object?[] items)
    {
        var list = (List<object?>)stack.Pop()!;
        list.AddRange(items);
        return list;
    }

    private object?[] Tuple(int size)
    {
        var items = new object?[size];
        for (var i = size - 1; i >= 0; i--)
        {
            items[i] = stack.Pop();
        }
        return items;
    }

    private object?[] AboveMark()
    {
        var items = new List<object?>();
        while (stack.Pop() is var item && item != Mark)
        {
            items.Add(item);
        }
        items.Reverse();
        return [.. items];
    }

    private static long Long(ReadOnlySpan<byte> little)
    {
        long value = 0;
        for (var i = 0; i < Math.Min(8, little.Length); i++)
        {
            value |= (long)little[i] << (8 * i);
        }
        return value;
    }

    private string Line()
    {
        var end = rest.IndexOf((byte)'\n');
        var line = Encoding.UTF8.GetString(Take(end));
        Take(1);
        return line;
    }

    private byte Byte() => Take(1)[0];

    private int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    private long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    private ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > rest.Length)
        {
            throw Refused("it is cut short or damaged");
        }
        var taken = rest[..(int)count];
        rest = rest[(int)count..];
        return taken;
    }

    private static XGBoostException Refused(string reason) => new($"loading a model: the pickle is not read: {reason}");

    private enum Named
    {
        Booster,
        ByteArray,
        Encode,
    }

    private sealed class Made
    {
        public Dictionary<object, object?>? State { get; set; }
    }
}
