namespace Plumbline.LocalCloud.Processes.Jobs;

/// <summary>Reads another stream, and no more of it than a number of bytes.</summary>
/// <param name="inner">The other stream; its owner closes it.</param>
/// <param name="most">Bytes.</param>
internal sealed class BoundedStream(Stream inner, long most) : Stream
{
    private long taken;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Counts what something costs beyond its bytes.</summary>
    /// <exception cref="InvalidDataException">It is too much.</exception>
    public void Take(long bytes)
    {
        taken += bytes;
        if (taken > most)
        {
            throw new InvalidDataException(
                $"it holds more than {most / (1024 * 1024)} MiB, which is out of all proportion to its size."
            );
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = inner.Read(buffer);
        Take(count);
        return count;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        Take(count);
        return count;
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
