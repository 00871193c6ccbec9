using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Plumbline.Serving.Onnx;

/// <summary>
/// Reads <c>application/x-npy</c>, numpy's file of one array: one example, or several along a first axis. Source:
/// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html.
/// </summary>
internal static partial class NpyBody
{
    private const int MostDigits = 9;

    /// <exception cref="RequestError">400: it is not such a file, or its type or shape is another one.</exception>
    public static Examples Read(ReadOnlySpan<byte> body, OnnxModel model)
    {
        var header = ReadHeader(body, out var values);
        var type = Type().Match(header).Groups[1].Value;
        if (!RowMajor().IsMatch(header) || type is not ("<f4" or "<f8" or "<i4" or "<i8" or "|u1"))
        {
            throw Refused($"the array has the type '{type}': send float32, little-endian and in C order");
        }
        var lengths = Lengths(header);
        var shape = model.Signature.Input.Shape;
        var isOne = lengths.SequenceEqual(shape);
        if (!isOne && !(lengths.Length > 0 && lengths.Skip(1).SequenceEqual(shape)))
        {
            var wanted = string.Join(", ", shape);
            throw Refused(
                $"the array has the shape [{string.Join(", ", lengths)}]: send [{wanted}] or [rows, {wanted}]"
            );
        }
        var count = isOne ? 1 : lengths[0];
        var bytes = (long)count * model.Signature.Input.Values * (type[2] - '0');
        if (values.Length != bytes || count == 0)
        {
            throw Refused($"the array has {values.Length} bytes, and its header says {bytes}");
        }
        var examples = new Examples(count, model.ExampleBytes, model.AnswerWidth);
        Convert(values, type, MemoryMarshal.Cast<byte, float>(examples.Bytes));
        return examples;
    }

    private static string ReadHeader(ReadOnlySpan<byte> body, out ReadOnlySpan<byte> values)
    {
        if (body.Length > 12 && body[0] == 0x93 && body[1..6].SequenceEqual("NUMPY"u8))
        {
            var isFirst = body[6] == 1;
            var start = isFirst ? 10 : 12;
            var length = isFirst
                ? BinaryPrimitives.ReadUInt16LittleEndian(body[8..])
                : BinaryPrimitives.ReadUInt32LittleEndian(body[8..]);
            if (start + (long)length <= body.Length)
            {
                values = body[(start + (int)length)..];
                return Encoding.Latin1.GetString(body.Slice(start, (int)length));
            }
        }
        throw Refused("the body is not a .npy file: write it with numpy.save");
    }

    private static int[] Lengths(string header)
    {
        var parts = Shape().Match(header).Groups[1].Value.Split(',', StringSplitOptions.TrimEntries);
        return parts.Any(part => part.Length > MostDigits)
            ? throw Refused("the array has a length of more than nine digits")
            : [.. parts.Where(part => part.Length > 0).Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
    }

    private static void Convert(ReadOnlySpan<byte> bytes, string type, Span<float> values)
    {
        switch (type)
        {
            case "<f4":
                bytes.CopyTo(MemoryMarshal.AsBytes(values));
                break;
            case "<f8":
                Convert<double>(bytes, values);
                break;
            case "<i4":
                Convert<int>(bytes, values);
                break;
            case "<i8":
                Convert<long>(bytes, values);
                break;
            default:
                Convert<byte>(bytes, values);
                break;
        }
    }

    private static void Convert<T>(ReadOnlySpan<byte> bytes, Span<float> values)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        var numbers = MemoryMarshal.Cast<byte, T>(bytes);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = float.CreateTruncating(numbers[i]);
        }
    }

    [GeneratedRegex(@"'descr':\s*'([^']*)'")]
    private static partial Regex Type();

    [GeneratedRegex(@"'fortran_order':\s*False")]
    private static partial Regex RowMajor();

    [GeneratedRegex(@"'shape':\s*\(([0-9, ]*)\)")]
    private static partial Regex Shape();

    private static RequestError Refused(string reason) => new(StatusCodes.Status400BadRequest, reason);
}
