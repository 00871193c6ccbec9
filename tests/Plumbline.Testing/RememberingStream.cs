namespace Plumbline.Testing;

/// <summary>Reads another stream and keeps a copy, which it drops when it exceeds a limit.</summary>
internal sealed class RememberingStream(Stream inner, int limit) : Stream
{
    private readonly MemoryStream seen = new();
    private bool tooMuch;

    /// <summary>The bytes read so far; null if they exceeded the limit.</summary>
    public byte[]? Seen => tooMuch ? null : seen.ToArray();

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        tooMuch |= seen.Length + count > limit;
        if (!tooMuch)
        {
            seen.Write(buffer.Span[..count]);
        }

        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
