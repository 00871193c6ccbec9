using System.Text;
using System.Text.Json;

namespace Plumbline.Records.Sources;

/// <summary>
/// The rows of a JSON Lines file: one object a line, with a member for each column. A member that is null or left out is
/// a missing value. The first lines name the columns.
/// </summary>
internal sealed class JsonRows : FileRows
{
    private const int FirstLines = 1000;
    private const int FirstBytes = 16 * 1024 * 1024;

    private readonly Stream stream;
    private readonly JsonLines lines;
    private readonly Queue<(byte[] Line, long Number)> first = [];
    private readonly List<string> names = [];
    private readonly List<byte[]> utf8 = [];
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly ReadOnlyMemory<byte>[] cells;
    private readonly long[] seenAt;
    private long number;

    public JsonRows(string name, Stream content)
        : base(name)
    {
        (stream, lines) = (content, new JsonLines(name, content));
        var bytes = 0;
        while (first.Count < FirstLines && bytes < FirstBytes && lines.TryNext(out var line))
        {
            first.Enqueue((line.ToArray(), lines.Number));
            bytes += line.Length;
            number = lines.Number;
            Walk(line, isHeader: true);
        }
        if (names.Count == 0)
        {
            throw new UserError($"{Name}:1", "is empty; each line must be a JSON object with a member for each column");
        }
        cells = new ReadOnlyMemory<byte>[names.Count];
        seenAt = new long[names.Count];
    }

    public override IReadOnlyList<string> Columns => names;

    public override string Place => $"{Name}:{number}";

    public override bool Read()
    {
        ReadOnlyMemory<byte> line;
        if (first.TryDequeue(out var early))
        {
            (line, number) = early;
        }
        else if (lines.TryNext(out line))
        {
            number = lines.Number;
        }
        else
        {
            return false;
        }
        Array.Clear(cells);
        Walk(line, isHeader: false);
        return true;
    }

    public override ReadOnlySpan<byte> Cell(int column) => cells[column].Span;

    public override void Dispose() => stream.Dispose();

    private void Walk(ReadOnlyMemory<byte> line, bool isHeader)
    {
        try
        {
            var reader = new Utf8JsonReader(line.Span);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw Wrong($"is {Kind(reader.TokenType)}, not an object: write {{\"column\": value}} on each line");
            }
            var next = 0;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var column = ColumnOf(ref reader, next, isHeader);
                reader.Read();
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && isHeader)
                {
                    // A column that the project ignores may be nested, so only a cell that is asked for matters.
                    reader.Skip();
                }
                else if (!isHeader)
                {
                    Take(ref reader, line, column);
                }
                next = column + 1;
            }
            if (reader.Read())
            {
                throw Wrong("has more than one JSON value: write one object a line");
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Wrong($"is not a JSON object: {e.Message.Split(" LineNumber:")[0]}");
        }
    }

    private void Take(ref Utf8JsonReader reader, ReadOnlyMemory<byte> line, int column)
    {
        if (seenAt[column] == number)
        {
            throw Wrong($"has '{names[column]}' twice");
        }
        seenAt[column] = number;
        var start = (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return;
            case JsonTokenType.String when reader.ValueIsEscaped:
                cells[column] = Encoding.UTF8.GetBytes(reader.GetString()!);
                return;
            case JsonTokenType.String:
                cells[column] = line.Slice(start + 1, reader.ValueSpan.Length);
                return;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                // The JSON itself is the cell: a column that the project ignores may be nested.
                reader.Skip();
                cells[column] = line[start..(int)reader.BytesConsumed];
                return;
            default:
                cells[column] = line.Slice(start, reader.ValueSpan.Length);
                return;
        }
    }

    private int ColumnOf(ref Utf8JsonReader reader, int next, bool isHeader)
    {
        // Writers keep the order of the columns, so the next name is nearly always the expected one.
        if (next < utf8.Count && reader.ValueTextEquals(utf8[next]))
        {
            return next;
        }
        var name = reader.GetString()!;
        if (places.TryGetValue(name, out var column))
        {
            return column;
        }
        if (!isHeader)
        {
            throw Wrong(
                $"has the column '{name}', which the first {FirstLines} lines do not have: write it there too, as null if it is missing"
            );
        }
        names.Add(name);
        utf8.Add(Encoding.UTF8.GetBytes(name));
        places[name] = names.Count - 1;
        return names.Count - 1;
    }

    private static string Kind(JsonTokenType type) =>
        type switch
        {
            JsonTokenType.StartArray => "a list",
            JsonTokenType.String => "a text",
            JsonTokenType.Number => "a number",
            JsonTokenType.Null => "null",
            _ => "true or false",
        };

    private UserError Wrong(string message) => new(Place, message);
}
