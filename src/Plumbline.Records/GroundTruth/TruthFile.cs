using System.Text;
using System.Text.Json;
using Plumbline.Aws.Formats;
using Plumbline.Records.Project;
using Plumbline.Tables;

namespace Plumbline.Records.GroundTruth;

/// <summary>
/// Reads a file of truths: CSV with a header line, or JSON Lines with <c>{"key": ..., "label": ...}</c> or with AWS's
/// ground truth, or a JSON array of such objects. Each line is checked before anything is used.
/// </summary>
/// <param name="file">The file's name in messages.</param>
/// <param name="columns">The CSV columns, or JSON members, of key and label.</param>
public sealed class TruthFile(string file, ProjectDescription project, (string Key, string Label) columns)
{
    /// <summary>The column, or JSON member, of the key, and that of the label, unless others are named.</summary>
    public static readonly (string Key, string Label) UsualColumns = ("key", "label");

    private const int MostProblems = 10;
    private readonly Dictionary<string, (string Label, long Line)> truths = new(StringComparer.Ordinal);
    private readonly List<(long Line, string Reason)> problems = [];
    private int invalid;

    /// <summary>The first invalid lines, at most ten. An item of a JSON array counts as a line.</summary>
    public IReadOnlyList<(long Line, string Reason)> Problems => problems;

    /// <summary>The number of invalid lines.</summary>
    public int Invalid => invalid;

    /// <summary>The ground truth in AWS's format, one line per key, in the order of the array.</summary>
    /// <param name="array">The text of a JSON array.</param>
    /// <exception cref="UserError">The text is not an array, or an item is invalid.</exception>
    public IReadOnlyList<string> ReadArray(ReadOnlyMemory<byte> array)
    {
        try
        {
            using var document = JsonDocument.Parse(array);
            var number = 0;
            foreach (var item in document.RootElement.EnumerateArray())
                AddJson(Encoding.UTF8.GetBytes(item.GetRawText()), ++number);
        }
        catch (JsonException broken)
        {
            throw new UserError(file, $"is not a JSON array of truths: {RecordJson.ReasonOf(broken)}");
        }
        return Lines("has no truth");
    }

    /// <summary>The ground truth in AWS's format, one line per key, in the order of the file.</summary>
    /// <exception cref="UserError">A line is invalid; the message names up to ten lines.</exception>
    public IReadOnlyList<string> Read(Stream content)
    {
        var lines = new CsvLines(content);
        if (!lines.TryNext(out var first))
            throw new UserError(file, "is empty");
        if (first.TrimStart((byte)' ').StartsWith((byte)'{'))
        {
            do AddJson(first, lines.Number);
            while (lines.TryNext(out first));
        }
        else
        {
            ReadCsv(Cells(first), lines);
        }
        return Lines("has no truth below its header");
    }

    private IReadOnlyList<string> Lines(string empty)
    {
        if (invalid > 0)
            throw InvalidLines();
        if (truths.Count == 0)
            throw new UserError(file, empty);
        return [.. truths.Select(one => new GroundTruthRecord { EventId = one.Key, Data = one.Value.Label }.ToLine())];
    }

    private void ReadCsv(List<string> header, CsvLines lines)
    {
        var (key, label) = (Find(header, columns.Key, "--key"), Find(header, columns.Label, "--label"));
        while (lines.TryNext(out var line))
        {
            var cells = Cells(line);
            if (cells.Count == header.Count)
                Add(cells[key], cells[label], lines.Number);
            else
                Refuse(lines.Number, $"has {cells.Count} cells; the header names {header.Count} columns");
        }
    }

    private void AddJson(ReadOnlySpan<byte> line, long number)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            using var document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.TryGetProperty("groundTruthData", out _))
            {
                var record = GroundTruthRecord.Parse(line);
                Add(record.EventId, record.Data, number);
                return;
            }
            Add(Member(document.RootElement, columns.Key), Member(document.RootElement, columns.Label), number);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            Refuse(number, "is not an object with the truth's key and label");
        }
    }

    private void Add(string key, string label, long number)
    {
        if (key.Length == 0)
            Refuse(number, $"has no value for '{columns.Key}'");
        else if (project.LabelOf(label) is not { } known)
            Refuse(number, $"has the label '{label}', which is not {project.Truths()}");
        else if (!truths.TryAdd(key, (known, number)) && truths[key].Label != known)
            Refuse(number, $"says that '{key}' is '{known}'; line {truths[key].Line} says '{truths[key].Label}'");
    }

    private void Refuse(long line, string reason)
    {
        invalid++;
        if (problems.Count < MostProblems)
            problems.Add((line, reason));
    }

    private UserError InvalidLines()
    {
        var (first, reason) = problems[0];
        var others = problems.Skip(1).Select(one => $"\n{file}:{one.Line}: {one.Reason}");
        var more = invalid > problems.Count ? $"\n... and {invalid - problems.Count} more lines" : "";
        return new UserError($"{file}:{first}", $"{reason}{string.Concat(others)}{more}\nNothing was imported.");
    }

    private int Find(List<string> header, string name, string option)
    {
        var place = header.IndexOf(name);
        return place >= 0
            ? place
            : throw new UserError(
                $"{file}:1",
                $"has no column '{name}'; name it with {option}. The columns are {string.Join(", ", header.Take(12))}"
            );
    }

    private static string Member(JsonElement line, string name) =>
        line.GetProperty(name) is { ValueKind: JsonValueKind.String } text
            ? text.GetString()!.Trim()
            : line.GetProperty(name).GetRawText();

    private static List<string> Cells(ReadOnlySpan<byte> line) => CsvRow.Cells(line).ConvertAll(cell => cell.Trim());
}
