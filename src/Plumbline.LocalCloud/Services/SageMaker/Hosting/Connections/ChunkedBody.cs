using System.Buffers.Text;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.Connections;

/// <summary>Joins the chunks of a body, in place.</summary>
internal sealed class ChunkedBody(int start)
{
    private readonly int start = start;
    private int at = start;
    private int to = start;

    /// <summary>The number of joined bytes.</summary>
    public int Length => to - start;

    /// <summary>The position in the buffer behind the last complete chunk.</summary>
    public int End => at;

    /// <summary>Joins all complete chunks. Returns true after the last chunk.</summary>
    public bool TryRead(byte[] buffer, int received)
    {
        while (true)
        {
            var rest = buffer.AsSpan(at, received - at);
            var lineEnd = rest.IndexOf("\r\n"u8);
            if (lineEnd < 0)
            {
                return false;
            }

            if (!Utf8Parser.TryParse(rest[..lineEnd], out int size, out var digits, 'x') || digits == 0 || size < 0)
            {
                throw new InvalidDataException("The model server's chunked body is invalid.");
            }

            if (size == 0)
            {
                return TryReadTrailers(rest, lineEnd);
            }

            if (rest.Length < lineEnd + 2 + size + 2)
            {
                return false;
            }

            rest.Slice(lineEnd + 2, size).CopyTo(buffer.AsSpan(to));
            to += size;
            at += lineEnd + 2 + size + 2;
        }
    }

    private bool TryReadTrailers(ReadOnlySpan<byte> rest, int lineEnd)
    {
        // Trailers are ignored. They end with an empty line; without trailers it directly follows the last chunk.
        var end = rest[lineEnd..].IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        at += lineEnd + end + 4;
        return true;
    }
}
