using CsvHelper;

namespace Plumbline.Records.Sources;

/// <summary>The rows of a CSV with a header line.</summary>
internal sealed class CsvRows : FileRows
{
    private readonly CsvReader reader;

    public CsvRows(string name, Stream content)
        : base(name)
    {
        reader = CsvReader.Create(
            content,
            new CsvReaderOptions { TrackLineNumbers = true, TrimWhitespace = true },
            leaveOpen: false
        );
        try
        {
            Columns = Headers();
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    public override IReadOnlyList<string> Columns { get; }

    public override int Cells => reader.FieldCount;

    public override string Place => $"{Name}:{reader.LineNumber}";

    public override bool Read()
    {
        try
        {
            return reader.Read();
        }
        catch (Exception e) when (e is CsvFormatException or InvalidDataException)
        {
            throw Wrong(e);
        }
    }

    public override ReadOnlySpan<byte> Cell(int column) => reader.GetSpan(column);

    public override void Dispose() => reader.Dispose();

    private string[] Headers()
    {
        try
        {
            string[] names = [.. reader.Headers];
            return names.Length > 0
                ? names
                : throw new UserError($"{Name}:1", "is empty; the first line must name the columns");
        }
        catch (Exception e) when (e is CsvFormatException or InvalidDataException)
        {
            throw Wrong(e);
        }
    }

    private UserError Wrong(Exception e) =>
        e is CsvFormatException format
            ? new UserError($"{Name}:{Math.Max(1, format.LineNumber)}", $"is not CSV: {e.Message}")
            : new UserError(Name, "is damaged: it is not a complete gzip file");
}
