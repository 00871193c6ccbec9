using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Tables;

namespace Plumbline.Backtest.Streams;

/// <summary>Reads the label and the columns of a schema, row by row.</summary>
internal sealed class TableCells : IDisposable
{
    private readonly string path;
    private readonly Stream stream;
    private readonly CsvLines lines;
    private readonly List<string> header;
    private readonly int label;
    private readonly int[] places;
    private readonly byte[][] cells;

    public TableCells(BaseFiles files, string path, string label, TableSchema schema)
    {
        this.path = path;
        stream = files.OpenAsOne();
        lines = new CsvLines(stream);
        lines.TryNext(out var line);
        header = CsvRow.Cells(line);
        this.label = header.IndexOf(label);
        places = [.. schema.Columns.Select(column => header.IndexOf(column.Name))];
        cells = new byte[header.Count][];
    }

    /// <summary>The number of rows so far.</summary>
    public int Rows { get; private set; }

    public ReadOnlySpan<byte> Label => cells[label];

    /// <summary>The cell of a column of the schema.</summary>
    public ReadOnlySpan<byte> Of(int column) => At(places[column]);

    /// <summary>The cell at a place of the header.</summary>
    public ReadOnlySpan<byte> At(int place) => cells[place];

    /// <summary>The place of a column in the header.</summary>
    /// <exception cref="UserError">The header does not name the column.</exception>
    public int Place(string column) =>
        header.IndexOf(column) is >= 0 and var place
            ? place
            : throw new UserError(
                $"{path}:1",
                $"has no column '{column}'; the columns are {string.Join(", ", header.Take(12))}"
            );

    public bool Read()
    {
        if (!lines.TryNext(out var line))
        {
            return false;
        }
        var row = new CsvRow(line);
        for (var place = 0; place < cells.Length; place++)
        {
            cells[place] = row.TryNext(out var cell) ? cell.ToArray() : throw Error("has too few cells");
        }
        Rows++;
        return true;
    }

    /// <summary>An error in the current row.</summary>
    public UserError Error(string message) => new($"{path}:{lines.Number}", message);

    public void Dispose() => stream.Dispose();
}
