using Plumbline.XGBoost.Inputs;

namespace Plumbline.XGBoost.Models;

/// <summary>Limits the bytes that can be read from a stream, because a small archive may unpack to any size.</summary>
internal sealed class LimitedStream(Stream inner, long limit, string place) : Stream
{
    private long taken;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => taken;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        taken += read;
        return taken <= limit ? read : throw new InputException(place, $"it unpacks to more than {limit} bytes");
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
