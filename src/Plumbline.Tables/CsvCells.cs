using System.Text;

namespace Plumbline.Tables;

/// <summary>The cells of one CSV line, by RFC 4180: a cell with a comma, a quote or a line break is in quotes.</summary>
public static class CsvCells
{
    /// <summary>Joins cells to a line without a line break.</summary>
    public static string Join(IEnumerable<string> cells) => string.Join(',', cells.Select(Quote));

    /// <summary>
    /// Appends a cell, in quotes where it needs them. A line break in it becomes a space, so that a row stays one line.
    /// </summary>
    public static void Append(List<byte> line, ReadOnlySpan<byte> cell)
    {
        if (cell.IndexOfAny(",\"\r\n"u8) < 0)
        {
            line.AddRange(cell);
            return;
        }
        line.Add((byte)'"');
        foreach (var letter in cell)
        {
            line.Add(letter is (byte)'\r' or (byte)'\n' ? (byte)' ' : letter);
            if (letter == '"')
            {
                line.Add(letter);
            }
        }
        line.Add((byte)'"');
    }

    /// <summary>Splits a line; a quote that is not closed ends with the line.</summary>
    public static IReadOnlyList<string> Split(string line) => CsvRow.Cells(Encoding.UTF8.GetBytes(line));

    /// <summary>
    /// Returns the end of the first line at or after <paramref name="start"/>: the place of its line break, or the end of
    /// the text. A line break in quotes does not end the line.
    /// </summary>
    public static int EndOfLine(ReadOnlySpan<byte> text, int start)
    {
        var quoted = false;
        for (var at = start; at < text.Length; at++)
        {
            if (text[at] == '"')
            {
                quoted = !quoted;
            }
            else if (text[at] == '\n' && !quoted)
            {
                return at;
            }
        }
        return text.Length;
    }

    /// <summary>Splits a body into its lines; blank lines are left out.</summary>
    public static IReadOnlyList<string> Lines(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var lines = new List<string>();
        for (var at = 0; at < bytes.Length; at++)
        {
            var end = EndOfLine(bytes, at);
            var line = Encoding.UTF8.GetString(bytes.AsSpan(at, end - at)).Trim();
            if (line.Length > 0)
            {
                lines.Add(line);
            }
            at = end;
        }
        return lines;
    }

    /// <summary>The cell, in quotes where it needs them.</summary>
    public static string Quote(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
