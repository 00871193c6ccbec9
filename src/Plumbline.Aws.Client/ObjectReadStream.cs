using Amazon.S3;

namespace Plumbline.Aws.Client;

/// <summary>
/// Reads an object in blocks, wherever the reader asks, so that the beginning of a large one costs one request.
/// </summary>
/// <param name="pinned">The object.</param>
/// <param name="explain">Returns the exception to throw for an answer of S3, or null for S3's own.</param>
public sealed class ObjectReadStream(PinnedObject pinned, Func<AmazonS3Exception, Exception?>? explain = null) : Stream
{
    private const int BlockSize = 4 * 1024 * 1024;

    private byte[] block = [];
    private long blockStart;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => pinned.Size;

    public override long Position { get; set; }

    public override int Read(Span<byte> buffer)
    {
        if (Position >= Length || buffer.IsEmpty)
        {
            return 0;
        }
        if (Position < blockStart || Position >= blockStart + block.Length)
        {
            var size = (int)Math.Min(BlockSize, Length - Position);
            block = block.Length == size ? block : new byte[size];
            blockStart = Position;
            ReadBlock();
        }
        var available = block.AsSpan((int)(Position - blockStart));
        var count = Math.Min(available.Length, buffer.Length);
        available[..count].CopyTo(buffer);
        Position += count;
        return count;
    }

    private void ReadBlock()
    {
        try
        {
            pinned.Read(blockStart, block);
        }
        catch (AmazonS3Exception e) when (explain?.Invoke(e) is { } other)
        {
            throw other;
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) =>
        Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => Position + offset,
            _ => Length + offset,
        };

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
