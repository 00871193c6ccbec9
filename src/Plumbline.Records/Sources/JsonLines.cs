namespace Plumbline.Records.Sources;

/// <summary>Reads the lines of a JSON Lines file in bounded memory; blank lines are left out.</summary>
internal sealed class JsonLines(string name, Stream stream)
{
    private const int LongestLine = 64 * 1024 * 1024;
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private byte[] buffer = new byte[256 * 1024];
    private int start;
    private int end;
    private bool ended;
    private bool begun;
    private long before;

    /// <summary>The number of the current line, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The place of the current line in the stream, in bytes.</summary>
    public long Offset { get; private set; }

    /// <summary>Reads the next line that is not blank.</summary>
    /// <param name="line">The line without its line break, valid until the next call.</param>
    /// <returns>False at the end of the file.</returns>
    public bool TryNext(out ReadOnlyMemory<byte> line)
    {
        while (TryAny(out line))
        {
            Number++;
            if (line.Span.ContainsAnyExcept((byte)' ', (byte)'\t', (byte)'\r'))
            {
                return true;
            }
        }
        return false;
    }

    private bool TryAny(out ReadOnlyMemory<byte> line)
    {
        var searched = start;
        int stop;
        while ((stop = buffer.AsSpan(searched, end - searched).IndexOf((byte)'\n')) < 0 && !ended)
        {
            searched = end - start;
            Fill();
        }
        stop = stop < 0 ? end : searched + stop;
        line = buffer.AsMemory(start, stop - start);
        Offset = before + start;
        var isLine = start < end;
        start = Math.Min(stop + 1, end);
        return isLine;
    }

    private void Fill()
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        end -= start;
        before += start;
        start = 0;
        if (buffer.Length - end < ByteOrderMark.Length)
        {
            if (buffer.Length >= LongestLine)
            {
                throw new UserError($"{name}:{Number + 1}", "is longer than 64 MiB: write one JSON object a line");
            }
            Array.Resize(ref buffer, buffer.Length * 2);
        }
        try
        {
            var read = stream.ReadAtLeast(buffer.AsSpan(end), ByteOrderMark.Length, throwOnEndOfStream: false);
            ended = read < ByteOrderMark.Length;
            end += read;
        }
        catch (InvalidDataException)
        {
            throw new UserError(name, "is damaged: it is not a complete gzip file");
        }
        if (!begun && buffer.AsSpan(0, end).StartsWith(ByteOrderMark))
        {
            // In place of moving the start, which the caller has already searched from.
            buffer.AsSpan(ByteOrderMark.Length, end - ByteOrderMark.Length).CopyTo(buffer);
            end -= ByteOrderMark.Length;
            before = ByteOrderMark.Length;
        }
        begun = true;
    }
}
