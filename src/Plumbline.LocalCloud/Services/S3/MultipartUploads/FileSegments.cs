using Microsoft.Win32.SafeHandles;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Services.S3.MultipartUploads;

/// <summary>Pieces of files, read as one stream.</summary>
internal sealed class FileSegments : BodyStream
{
    private readonly Queue<(Func<SafeFileHandle> Open, long Start, long Length)> segments;
    private SafeFileHandle? handle;
    private long at;
    private long left;

    /// <summary>Each piece is opened when it is reached, and closed when it has been read.</summary>
    public FileSegments(params IEnumerable<(Func<SafeFileHandle> Open, long Start, long Length)> segments)
    {
        this.segments = new(segments);
        Open();
    }

    public override int Read(Span<byte> buffer)
    {
        while (left == 0 && segments.Count > 0)
        {
            Open();
        }

        if (left == 0 || handle is null)
        {
            return 0;
        }

        var read = RandomAccess.Read(handle, buffer[..(int)Math.Min(buffer.Length, left)], at);
        at += read;
        left -= read;
        return read > 0 || buffer.IsEmpty
            ? read
            : throw new EndOfStreamException("A part's file is shorter than its row says.");
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Read(buffer.Span));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            handle?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Open()
    {
        handle?.Dispose();
        handle = null;
        if (segments.TryDequeue(out var segment))
        {
            handle = segment.Open();
            (at, left) = (segment.Start, segment.Length);
        }
    }
}
