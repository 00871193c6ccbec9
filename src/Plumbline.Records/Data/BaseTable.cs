using CsvHelper;

namespace Plumbline.Records.Data;

/// <summary>
/// Reads the rows of the base data, whose files all have the same header line. A row of another length, or a file that is
/// not CSV, throws a <see cref="UserError"/> with file and line.
/// </summary>
internal sealed class BaseTable : IDisposable
{
    private readonly BaseFiles files;
    private CsvReader reader;
    private int next;

    public BaseTable(BaseFiles files)
    {
        this.files = files;
        (reader, Header) = OpenNext();
        if (Header.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new UserError($"{File}:1", $"names the column '{twice.Key}' twice");
    }

    /// <summary>The names of the columns.</summary>
    public string[] Header { get; }

    /// <summary>The name of the current file, for messages.</summary>
    public string File { get; private set; } = "";

    public bool Read()
    {
        while (!Checked(reader.Read))
        {
            if (next == files.Files.Count)
                return false;
            reader.Dispose();
            (reader, var other) = OpenNext();
            if (!other.SequenceEqual(Header))
                throw new UserError(
                    $"{File}:1",
                    $"has another header than {files.Files[0].Name}: all files must name the same columns in the same order"
                );
        }
        return reader.FieldCount == Header.Length
            ? true
            : throw Error($"has {reader.FieldCount} cells; the header names {Header.Length} columns");
    }

    /// <summary>A cell of the current row, UTF-8 without quotes, valid until the next row.</summary>
    public ReadOnlySpan<byte> Cell(int column) => reader.GetSpan(column);

    /// <summary>An error in the current row.</summary>
    public UserError Error(string message) => new($"{File}:{reader.LineNumber}", message);

    public void Dispose() => reader.Dispose();

    private (CsvReader Reader, string[] Header) OpenNext()
    {
        (var path, File) = files.Files[next++];
        reader = CsvReader.FromFile(path, new CsvReaderOptions { TrackLineNumbers = true, TrimWhitespace = true });
        var names = Checked(() => reader.Headers.ToArray());
        return names.Length > 0
            ? (reader, names)
            : throw new UserError($"{File}:1", "is empty; the first line must name the columns");
    }

    private T Checked<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (CsvFormatException e)
        {
            throw new UserError($"{File}:{Math.Max(1, e.LineNumber)}", $"is not CSV: {e.Message}");
        }
    }
}
