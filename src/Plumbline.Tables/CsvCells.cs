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
    public static IReadOnlyList<string> Split(string line)
    {
        var cells = new List<string>();
        var at = 0;
        while (true)
        {
            cells.Add(Next(line, ref at));
            if (at >= line.Length)
            {
                return cells;
            }
            // Passes the comma; a line that ends with one has an empty last cell.
            at++;
        }
    }

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

    private static string Quote(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Next(string line, ref int at)
    {
        var start = at;
        if (at >= line.Length || line[at] != '"')
        {
            var comma = line.IndexOf(',', at);
            at = comma < 0 ? line.Length : comma;
            return line[start..at];
        }
        var cell = new StringBuilder();
        for (at++; at < line.Length; at++)
        {
            if (line[at] != '"')
            {
                cell.Append(line[at]);
            }
            else if (at + 1 < line.Length && line[at + 1] == '"')
            {
                cell.Append('"');
                at++;
            }
            else
            {
                break;
            }
        }
        at = Math.Min(at + 1, line.Length);
        // Text behind the closing quote belongs to the cell, as spreadsheets read it.
        var end = line.IndexOf(',', at);
        end = end < 0 ? line.Length : end;
        cell.Append(line, at, end - at);
        at = end;
        return cell.ToString();
    }
}
