using System.Text;

namespace Plumbline.Tables;

/// <summary>
/// Reads the cells of one CSV line, UTF-8, one after the other; it copies only a cell with quotes inside quotes.
/// </summary>
/// <param name="line">A line without its line break; a carriage return at its end does not count.</param>
public ref struct CsvRow(ReadOnlySpan<byte> line)
{
    private ReadOnlySpan<byte> rest = line is [.., (byte)'\r'] ? line[..^1] : line;
    private bool ended;

    /// <summary>Reads the next cell, without its quotes.</summary>
    /// <returns>False after the last cell.</returns>
    public bool TryNext(out ReadOnlySpan<byte> cell)
    {
        cell = default;
        if (ended)
        {
            return false;
        }
        if (rest.IsEmpty || rest[0] != '"')
        {
            var comma = rest.IndexOf((byte)',');
            cell = comma < 0 ? rest : rest[..comma];
            ended = comma < 0;
            rest = ended ? default : rest[(comma + 1)..];
            return true;
        }
        var close = Close(rest, out var doubled);
        var inside = rest[1..close];
        cell = doubled ? Undouble(inside) : inside;
        var behind = rest[Math.Min(close + 1, rest.Length)..];
        var next = behind.IndexOf((byte)',');
        ended = next < 0;
        rest = ended ? default : behind[(next + 1)..];
        return true;
    }

    /// <summary>Reads all cells of a line.</summary>
    public static List<string> Cells(ReadOnlySpan<byte> line)
    {
        var cells = new List<string>();
        var row = new CsvRow(line);
        while (row.TryNext(out var cell))
        {
            cells.Add(Encoding.UTF8.GetString(cell));
        }
        return cells;
    }

    /// <summary>Counts the cells of a line.</summary>
    public static int Count(ReadOnlySpan<byte> line)
    {
        var row = new CsvRow(line);
        var count = 0;
        while (row.TryNext(out _))
        {
            count++;
        }
        return count;
    }

    // The place of the closing quote, or the end of the text.
    private static int Close(ReadOnlySpan<byte> text, out bool doubled)
    {
        doubled = false;
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] != '"')
            {
                continue;
            }
            if (i + 1 == text.Length || text[i + 1] != '"')
            {
                return i;
            }
            doubled = true;
            i++;
        }
        return text.Length;
    }

    private static byte[] Undouble(ReadOnlySpan<byte> text)
    {
        var cell = new byte[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            cell[length++] = text[i];
            if (text[i] == '"')
            {
                i++;
            }
        }
        return cell[..length];
    }
}
