using Plumbline.Records.Sources;

namespace Plumbline.Records.Data;

/// <summary>
/// Reads the rows of the base data, whose files all have the same columns. A row of another length, or a file that is
/// not of its format, throws a <see cref="UserError"/> with file and line.
/// </summary>
internal sealed class BaseTable : IDisposable
{
    private readonly BaseFiles files;
    private FileRows rows;
    private int next;

    /// <summary>The place of each column in the current file; null if it is the same in all.</summary>
    private int[]? places;

    public BaseTable(BaseFiles files)
    {
        this.files = files;
        rows = OpenNext();
        Header = [.. rows.Columns];
        if (Header.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            rows.Dispose();
            throw new UserError($"{File}:1", $"names the column '{twice.Key}' twice");
        }
    }

    /// <summary>The names of the columns.</summary>
    public string[] Header { get; }

    /// <summary>The name of the current file, for messages.</summary>
    public string File => Current.Name;

    /// <summary>The number of rows of all files so far.</summary>
    public long Rows { get; private set; }

    /// <summary>The number of the current file, from 1.</summary>
    public int FileNumber => next;

    private BaseFile Current => files.Files[next - 1];

    public bool Read()
    {
        while (!rows.Read())
        {
            if (next == files.Files.Count)
                return false;
            rows.Dispose();
            rows = OpenNext();
            places = Places();
        }
        Rows++;
        Current.Rows++;
        return rows.Cells == Header.Length
            ? true
            : throw Error($"has {rows.Cells} cells; the header names {Header.Length} columns");
    }

    /// <summary>A cell of the current row, UTF-8 without quotes, valid until the next row.</summary>
    public ReadOnlySpan<byte> Cell(int column) => rows.Cell(places is null ? column : places[column]);

    /// <summary>False for a column of the current file whose values cannot be cells, such as lists.</summary>
    public bool HasCells(int column) => rows.HasCells(places is null ? column : places[column]);

    /// <summary>An error in the current row.</summary>
    public UserError Error(string message) => new(rows.Place, message);

    public void Dispose() => rows.Dispose();

    private FileRows OpenNext()
    {
        var file = files.Files[next++];
        file.Rows = 0;
        return FileRows.Open(file);
    }

    private int[]? Places()
    {
        var columns = rows.Columns;
        if (columns.SequenceEqual(Header))
            return null;
        var first = files.Files[0].Name;
        // In a CSV the order is part of the header, which people may have got wrong; elsewhere each cell has its name.
        if (rows is CsvRows)
            throw new UserError(
                $"{File}:1",
                $"has another header than {first}: all files must name the same columns in the same order"
            );
        if (columns.Except(Header).FirstOrDefault() is { } added)
            throw new UserError(File, $"has the column '{added}', which {first} does not have");
        if (Header.Except(columns).FirstOrDefault() is { } missing)
            throw new UserError(
                File,
                $"does not have the column '{missing}' of {first}: write it, as null if it has no values"
            );
        var all = columns.ToList();
        return Array.ConvertAll(Header, all.IndexOf);
    }
}
