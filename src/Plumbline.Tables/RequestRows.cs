using System.Text;
using System.Text.Json;

namespace Plumbline.Tables;

/// <summary>A row of a request that cannot be read.</summary>
/// <param name="row">The row's number, from 1; 0 if the whole body is at fault.</param>
public sealed class RowError(int row, string reason) : Exception(row == 0 ? reason : $"row {row}: {reason}");

/// <summary>Takes the cells of a request's rows.</summary>
public interface IRowSink
{
    /// <summary>Begins a row; a column without a cell is a missing value.</summary>
    void Begin();

    /// <summary>Takes a cell, UTF-8 without quotes.</summary>
    /// <param name="column">The column's place in the schema.</param>
    /// <returns>Null, or the reason why the cell is invalid.</returns>
    string? Take(int column, ReadOnlySpan<byte> cell);

    /// <summary>Ends the row that <see cref="Begin"/> began.</summary>
    void End();
}

/// <summary>
/// Reads the rows of a request by a schema. CSV is with or without a header line; the header may name the columns in any
/// order. JSON is a list of rows, alone or as <c>instances</c>; a row is a list of values or an object by column name,
/// alone or as <c>features</c>. A column that an object leaves out is a missing value.
/// </summary>
public sealed class RequestRows(TableSchema schema)
{
    /// <param name="body">UTF-8.</param>
    /// <param name="csv">False for JSON.</param>
    /// <exception cref="RowError">The body is invalid.</exception>
    public void Read(ReadOnlySpan<byte> body, bool csv, IRowSink sink)
    {
        if (csv)
        {
            ReadCsv(body, sink);
        }
        else
        {
            ReadJson(body, sink);
        }
    }

    private void ReadCsv(ReadOnlySpan<byte> body, IRowSink sink)
    {
        int[]? order = null;
        var rows = 0;
        var first = true;
        for (var at = 0; at < body.Length; at++)
        {
            var end = CsvCells.EndOfLine(body, at);
            var line = body[at..end];
            at = end;
            if (!line.ContainsAnyExcept((byte)' ', (byte)'\t', (byte)'\r'))
            {
                continue;
            }
            order = first ? HeaderOf(line) : order;
            if (!first || order is null)
            {
                ReadLine(line, order, ++rows, sink);
            }
            first = false;
        }
    }

    private void ReadLine(ReadOnlySpan<byte> line, int[]? order, int number, IRowSink sink)
    {
        sink.Begin();
        var row = new CsvRow(line);
        var count = 0;
        while (row.TryNext(out var cell))
        {
            if (count < schema.Columns.Count)
            {
                Take(order?[count] ?? count, cell, number, sink);
            }
            count++;
        }
        if (count != schema.Columns.Count)
        {
            throw WrongCount(number, count);
        }
        sink.End();
    }

    /// <summary>Returns the column of each cell if the line names all columns; null if it is a row.</summary>
    private int[]? HeaderOf(ReadOnlySpan<byte> line)
    {
        var names = CsvRow.Cells(line).ConvertAll(name => name.Trim());
        int[] order = [.. names.Select(schema.IndexOf)];
        var known = order.Where(column => column >= 0).Distinct().Count();
        if (known == schema.Columns.Count)
        {
            return order.Length == known
                ? order
                : throw new RowError(
                    0,
                    $"the header names '{names.Find(name => schema.IndexOf(name) < 0) ?? names[0]}', which is not one more column of the model"
                );
        }
        // Two names in one line are a header: say which column it lacks, instead of calling it a bad row.
        return known >= 2
            ? throw new RowError(
                0,
                $"the header lacks the column '{schema.Columns.First(column => !names.Contains(column.Name)).Name}'"
            )
            : null;
    }

    private void ReadJson(ReadOnlySpan<byte> body, IRowSink sink)
    {
        var json = new Utf8JsonReader(body);
        try
        {
            json.Read();
            using var document = JsonDocument.ParseValue(ref json);
            while (json.Read())
            {
                // Reads to the end of the body, so that invalid JSON after the rows is refused too.
            }
            ReadRows(document.RootElement, sink);
        }
        catch (JsonException e)
        {
            throw new RowError(0, $"the body is not JSON (byte {e.BytePositionInLine} of line {e.LineNumber + 1})");
        }
    }

    private void ReadRows(JsonElement root, IRowSink sink)
    {
        root = Inner(root, "instances");
        if (root.ValueKind != JsonValueKind.Array)
        {
            ReadRow(root, 1, sink);
            return;
        }
        var rows = 0;
        foreach (var row in root.EnumerateArray())
        {
            ReadRow(row, ++rows, sink);
        }
    }

    private void ReadRow(JsonElement row, int number, IRowSink sink)
    {
        row = Inner(row, "features");
        sink.Begin();
        if (row.ValueKind == JsonValueKind.Array)
        {
            if (row.GetArrayLength() != schema.Columns.Count)
            {
                throw WrongCount(number, row.GetArrayLength());
            }
            var column = 0;
            foreach (var value in row.EnumerateArray())
            {
                Take(column, Cell(value, column, number), number, sink);
                column++;
            }
        }
        else if (row.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in row.EnumerateObject())
            {
                var column = schema.IndexOf(member.Name);
                if (column < 0)
                {
                    throw new RowError(number, $"'{member.Name}' is not a column of the model");
                }
                Take(column, Cell(member.Value, column, number), number, sink);
            }
        }
        else
        {
            throw new RowError(number, "it is not a list of values, and not an object by column name");
        }
        sink.End();
    }

    private static void Take(int column, ReadOnlySpan<byte> cell, int number, IRowSink sink)
    {
        if (sink.Take(column, cell) is { } wrong)
        {
            throw new RowError(number, wrong);
        }
    }

    /// <summary>The member of a frame, unless it is a column's name; else the element itself.</summary>
    private JsonElement Inner(JsonElement frame, string name) =>
        frame.ValueKind == JsonValueKind.Object && schema.IndexOf(name) < 0 && frame.TryGetProperty(name, out var inner)
            ? inner
            : frame;

    private byte[] Cell(JsonElement value, int column, int number) =>
        value.ValueKind switch
        {
            JsonValueKind.Null => [],
            JsonValueKind.String => Encoding.UTF8.GetBytes(value.GetString()!),
            JsonValueKind.Number => Encoding.UTF8.GetBytes(value.GetRawText()),
            JsonValueKind.True => "true"u8.ToArray(),
            JsonValueKind.False => "false"u8.ToArray(),
            _ => throw new RowError(
                number,
                $"column \"{schema.Columns[column].Name}\" has a list or an object; send a text or a number"
            ),
        };

    private RowError WrongCount(int number, int count)
    {
        var wanted = schema.Columns.Count;
        var label = count == wanted + 1 ? " (do not send the label)" : "";
        return new RowError(number, $"{count} values, but the model takes {wanted}{label}");
    }
}
