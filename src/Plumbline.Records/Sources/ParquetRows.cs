using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace Plumbline.Records.Sources;

/// <summary>
/// The rows of a Parquet file. A column is read when its first cell is asked for, one column of a row group at a time,
/// so that memory is bounded by the largest column of a row group.
/// </summary>
internal sealed class ParquetRows : FileRows
{
    private readonly Stream content;
    private readonly ParquetReader reader;
    private readonly DataField?[] fields;
    private readonly ParquetCells?[] columns;
    private ParquetRowGroupReader? group;
    private int groups;
    private long row;
    private readonly string scratch;
    private CellBudget budget;

    public ParquetRows(string name, Stream content, string scratch)
        : base(name)
    {
        (this.content, this.scratch, budget) = (content, scratch, new CellBudget(scratch));
        var options = new ParquetOptions { MaximumLargePoolFreeBytes = 1, MaximumSmallPoolFreeBytes = 1 };
        reader = Checked(() => ParquetReader.CreateAsync(content, options, leaveStreamOpen: true));
        var schema = reader.Schema;
        Columns = [.. schema.Fields.Select(field => field.Name)];
        fields = [.. schema.Fields.Select(field => field is DataField { IsArray: false } data ? data : null)];
        columns = new ParquetCells?[fields.Length];
    }

    public override IReadOnlyList<string> Columns { get; }

    public override string Place =>
        string.Create(CultureInfo.InvariantCulture, $"{Name} row group {groups}, row {row}");

    public override bool Read()
    {
        while (group is null || row == group.RowCount)
        {
            if (groups == reader.RowGroupCount)
            {
                return false;
            }
            CloseGroup();
            group = reader.OpenRowGroupReader(groups++);
        }
        row++;
        foreach (var column in columns)
        {
            column?.Next();
        }
        return true;
    }

    public override ReadOnlySpan<byte> Cell(int column) => (columns[column] ??= Load(column)).Current;

    public override bool HasCells(int column) =>
        fields[column] is { } field && field.ClrType != typeof(Parquet.File.Values.Primitives.Interval);

    public override void Dispose()
    {
        CloseGroup();
        reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        content.Dispose();
    }

    private void CloseGroup()
    {
        group?.Dispose();
        group = null;
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i]?.Dispose();
            columns[i] = null;
        }
        budget = new CellBudget(scratch);
        row = 0;
    }

    private ParquetCells Load(int column)
    {
        var field =
            fields[column]
            ?? throw new UserError(
                Place,
                $"has lists or groups in column '{Columns[column]}'; a cell is one value: write `{Columns[column]}: ignore`"
            );
        using var data = Checked(() => group!.ReadRawColumnDataBaseAsync(field).AsTask());
        var cells =
            ParquetCells.Of(data, field, budget)
            ?? throw new UserError(
                Place,
                $"has values of the type {field.ClrType.Name} in column '{Columns[column]}', which cannot be a cell: write `{Columns[column]}: ignore`"
            );
        for (var i = 0; i < row; i++)
        {
            cells.Next();
        }
        return cells;
    }

    // Parquet.Net has many exceptions for a damaged file, the runtime's own among them.
    private T Checked<T>(Func<Task<T>> read)
    {
        try
        {
            return read().GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is not (UserError or OutOfMemoryException))
        {
            throw new UserError(Name, $"is damaged, or is not a complete Parquet file: {e.Message}");
        }
    }
}
