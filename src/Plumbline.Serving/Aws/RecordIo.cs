using System.Buffers.Binary;
using Plumbline.XGBoost.Inputs;
using Plumbline.XGBoost.Sparse;

namespace Plumbline.Serving.Aws;

/// <summary>
/// SageMaker's recordio-protobuf: frames of a magic number, a length and a Record, padded to four bytes. Reading takes
/// the features of a Record; writing fills its labels. Source: SageMaker's <c>record.proto</c>.
/// </summary>
internal static class RecordIo
{
    private const uint Magic = 0xced7230a;
    private const int Features = 1;
    private const int Label = 2;
    private const int MapValue = 2;
    private const int Float32Tensor = 2;
    private const int Float64Tensor = 3;
    private const int Int32Tensor = 7;
    private const int Values = 1;
    private const int Keys = 2;

    /// <exception cref="InputException">The body is not a sequence of valid frames.</exception>
    public static SparseRows Read(ReadOnlySpan<byte> body)
    {
        var rows = new SparseRows();
        while (!body.IsEmpty)
        {
            if (body.Length < 8 || BinaryPrimitives.ReadUInt32LittleEndian(body) != Magic)
            {
                throw Damaged(rows.Rows);
            }
            var length = (int)(BinaryPrimitives.ReadUInt32LittleEndian(body[4..]) & 0x1fffffff);
            var padded = (length + 3) & ~3;
            if (length > body.Length - 8)
            {
                throw Damaged(rows.Rows);
            }
            AddRecord(body.Slice(8, length), rows);
            body = body[Math.Min(body.Length, 8 + padded)..];
        }
        return rows;
    }

    /// <summary>Writes a Record whose labels are float32 tensors.</summary>
    public static void Write(Stream stream, IEnumerable<(string Key, IReadOnlyList<double> Numbers)> labels)
    {
        using var record = new MemoryStream();
        foreach (var (key, numbers) in labels)
        {
            var values = new byte[numbers.Count * sizeof(float)];
            for (var i = 0; i < numbers.Count; i++)
            {
                BinaryPrimitives.WriteSingleLittleEndian(values.AsSpan(i * sizeof(float)), (float)numbers[i]);
            }
            using var entry = new MemoryStream();
            Protobuf.Write(entry, 1, System.Text.Encoding.UTF8.GetBytes(key));
            Protobuf.Write(entry, MapValue, Protobuf.Field(Float32Tensor, Protobuf.Field(Values, values)));
            Protobuf.Write(record, Label, entry.ToArray());
        }
        Span<byte> head = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(head, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(head[4..], (uint)record.Length);
        stream.Write(head);
        record.WriteTo(stream);
        stream.Write(new byte[(4 - record.Length % 4) % 4]);
    }

    private static void AddRecord(ReadOnlySpan<byte> record, SparseRows rows)
    {
        foreach (var feature in Protobuf.Fields(record, Features))
        {
            foreach (var value in Protobuf.Fields(record[feature], MapValue))
            {
                AddTensor(record[feature][value], rows);
            }
        }
        rows.Complete();
    }

    private static void AddTensor(ReadOnlySpan<byte> value, SparseRows rows)
    {
        foreach (var kind in new[] { Float32Tensor, Float64Tensor, Int32Tensor })
        {
            foreach (var range in Protobuf.Fields(value, kind))
            {
                var tensor = value[range];
                var keys = new List<ulong>();
                foreach (var packed in Protobuf.Fields(tensor, Keys))
                {
                    keys.AddRange(Protobuf.Varints(tensor[packed]));
                }
                var at = 0;
                foreach (var packed in Protobuf.Fields(tensor, Values))
                {
                    foreach (var number in Numbers(tensor[packed], kind))
                    {
                        rows.Add(keys.Count > at ? Index(keys[at], rows) : at, number);
                        at++;
                    }
                }
            }
        }
    }

    private static int Index(ulong key, SparseRows rows) =>
        key <= SparseRows.LargestIndex
            ? (int)key
            : throw new InputException(
                $"record {rows.Rows + 1}",
                $"the key {key} is too large: write keys of at most {SparseRows.LargestIndex}"
            );

    private static List<float> Numbers(ReadOnlySpan<byte> packed, int kind)
    {
        var numbers = new List<float>();
        if (kind == Int32Tensor)
        {
            numbers.AddRange(Protobuf.Varints(packed).Select(number => (float)(int)number));
            return numbers;
        }
        var size = kind == Float32Tensor ? sizeof(float) : sizeof(double);
        for (; packed.Length >= size; packed = packed[size..])
        {
            numbers.Add(
                kind == Float32Tensor
                    ? BinaryPrimitives.ReadSingleLittleEndian(packed)
                    : (float)BinaryPrimitives.ReadDoubleLittleEndian(packed)
            );
        }
        return numbers;
    }

    private static InputException Damaged(int rows) => new($"record {rows + 1}", "it is truncated or damaged");
}
