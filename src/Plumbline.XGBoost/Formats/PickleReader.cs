using System.Buffers.Binary;
using System.Text;
using Plumbline.XGBoost.Native;

namespace Plumbline.XGBoost.Formats;

/// <summary>
/// Reads the pickle of a Booster and of nothing else. A pickle is a program that may call any function; this reader
/// knows only the operations that build data, and three calls: creating a Booster, a bytearray, and bytes from a text.
/// Any other name is refused, and nothing is executed.
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

    /// <returns>The items of the Booster's state.</returns>
    /// <exception cref="XGBoostException">The pickle is damaged, or does not contain a Booster.</exception>
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
            throw Refused("it is truncated or damaged");
        }
    }

    // The operations that pickles of protocol 2 to 5 use for a Booster. The opcodes are Python's (pickletools).
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
            : throw Refused("it creates an object that is not a Booster");

    private object Call(object?[] arguments) =>
        ((Named)stack.Pop()!, arguments) switch
        {
            (Named.ByteArray, [byte[] content]) => content,
            (Named.ByteArray, []) => Array.Empty<byte>(),
            // Protocol 2 cannot write bytes: it writes a text with one letter per byte.
            (Named.Encode, [string text, "latin1" or "latin-1"]) => Encode(text),
            (Named.ByteArray, [string text, "latin-1" or "latin1"]) => Encode(text),
            _ => throw Refused("it calls a function that is not allowed"),
        };

    /// <summary>
    /// Limits the total of all encoded texts to the pickle's size: a pickle could encode one text many times to fill
    /// memory.
    /// </summary>
    private byte[] Encode(string text)
    {
        encoded += text.Length;
        return encoded <= size
            ? Encoding.Latin1.GetBytes(text)
            : throw Refused($"its texts expand to more than its own {size} bytes");
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
            throw Refused("it is truncated or damaged");
        }
        var taken = rest[..(int)count];
        rest = rest[(int)count..];
        return taken;
    }

    private static XGBoostException Refused(string reason) => new($"loading a model: the pickle is refused: {reason}");

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
