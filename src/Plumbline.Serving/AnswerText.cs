using System.Buffers;

namespace Plumbline.Serving;

/// <summary>Builds UTF-8 text in a pooled array that grows when needed.</summary>
internal ref struct AnswerText(int capacity)
{
    private byte[] bytes = ArrayPool<byte>.Shared.Rent(capacity);
    private int length;

    public readonly ReadOnlySpan<byte> Written => bytes.AsSpan(0, length);

    public void Add(ReadOnlySpan<byte> text)
    {
        EnsureRoom(text.Length);
        text.CopyTo(bytes.AsSpan(length));
        length += text.Length;
    }

    public void Add(float number)
    {
        EnsureRoom(NumberWriter.Longest);
        length += NumberWriter.Write(number, bytes.AsSpan(length));
    }

    public readonly void Dispose() => ArrayPool<byte>.Shared.Return(bytes);

    private void EnsureRoom(int more)
    {
        if (bytes.Length - length < more)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(bytes.Length * 2, length + more));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(bytes);
            bytes = larger;
        }
    }
}
