using System.Security.Cryptography;

namespace Plumbline.Records.Sources;

/// <summary>Hashes what is read from a stream, so that no second reading is needed.</summary>
/// <param name="inner">The stream, which is closed with this one.</param>
/// <param name="ended">Gets the SHA-256 in lower hex when the end was read.</param>
internal sealed class HashedFile(Stream inner, Action<string> ended) : Stream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private bool atEnd;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        if (read > 0)
            hash.AppendData(buffer[..read]);
        else if (!atEnd && buffer.Length > 0)
        {
            atEnd = true;
            ended(Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            hash.Dispose();
        }
        base.Dispose(disposing);
    }
}
