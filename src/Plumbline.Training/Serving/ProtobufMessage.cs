using System.Buffers;
using System.Text;

namespace Plumbline.Training.Serving;

/// <summary>A message in the wire format of Protocol Buffers, field by field.</summary>
internal sealed class ProtobufMessage
{
    private const int Number = 0;
    private const int Bytes = 2;

    private readonly ArrayBufferWriter<byte> content = new();

    public ProtobufMessage Add(int field, long value)
    {
        AddVarint((uint)(field << 3 | Number));
        AddVarint((ulong)value);
        return this;
    }

    public ProtobufMessage Add(int field, string value) => Add(field, Encoding.UTF8.GetBytes(value));

    public ProtobufMessage Add(int field, ProtobufMessage value) => Add(field, value.ToArray());

    public ProtobufMessage Add(int field, ReadOnlySpan<byte> value)
    {
        AddVarint((uint)(field << 3 | Bytes));
        AddVarint((ulong)value.Length);
        content.Write(value);
        return this;
    }

    public byte[] ToArray() => content.WrittenSpan.ToArray();

    private void AddVarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            content.Write([(byte)(value | 0x80)]);
        }

        content.Write([(byte)value]);
    }
}
