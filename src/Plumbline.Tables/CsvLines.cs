namespace Plumbline.Tables;

/// <summary>Reads the lines of a CSV file in bounded memory. A line break in quotes does not end a line.</summary>
public sealed class CsvLines(Stream stream)
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private byte[] buffer = new byte[256 * 1024];
    private int start;
    private int end;
    private bool ended;
    private long breaks;

    /// <summary>The number of the current line's first line of text, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Reads the next line that is not blank, without its line break.</summary>
    /// <param name="line">Valid until the next call.</param>
    /// <returns>False at the end of the file.</returns>
    public bool TryNext(out ReadOnlySpan<byte> line)
    {
        while (true)
        {
            var stop = CsvCells.EndOfLine(buffer.AsSpan(0, end), start);
            while (stop == end && !ended)
            {
                Fill();
                stop = CsvCells.EndOfLine(buffer.AsSpan(0, end), start);
            }
            if (start >= end)
            {
                line = default;
                return false;
            }
            line = buffer.AsSpan(start, stop - start);
            start = Math.Min(stop + 1, end);
            Number = breaks + 1;
            breaks += 1 + line.Count((byte)'\n');
            if (line.ContainsAnyExcept((byte)' ', (byte)'\t', (byte)'\r'))
            {
                return true;
            }
        }
    }

    private void Fill()
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        var first = end == 0 && breaks == 0;
        end -= start;
        start = 0;
        if (buffer.Length - end < ByteOrderMark.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }
        var read = stream.ReadAtLeast(buffer.AsSpan(end), ByteOrderMark.Length, throwOnEndOfStream: false);
        ended = read == 0;
        end += read;
        if (first && buffer.AsSpan(0, end).StartsWith(ByteOrderMark))
        {
            start = ByteOrderMark.Length;
        }
    }
}
