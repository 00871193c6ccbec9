using System.Text;
using Plumbline.Tables;

namespace Plumbline.Records.Monitoring;

/// <summary>The rows of a captured request to a model with kinds of columns: read as its server reads them.</summary>
internal sealed class NamedRows : IRowSink
{
    private readonly List<string> rows = [];
    private readonly string[] cells;

    private NamedRows(int columns) => cells = new string[columns];

    /// <summary>Returns the rows as CSV in the order of the columns; none if the body cannot be read.</summary>
    public static List<string> Read(TableSchema schema, string body)
    {
        var rows = new NamedRows(schema.Columns.Count);
        var csv = body.AsSpan().TrimStart() is not ['{' or '[', ..];
        try
        {
            new RequestRows(schema).Read(Encoding.UTF8.GetBytes(body), csv, rows);
            return rows.rows;
        }
        catch (RowError)
        {
            return [];
        }
    }

    public void Begin() => Array.Fill(cells, "");

    public string? Take(int column, ReadOnlySpan<byte> cell)
    {
        cells[column] = Encoding.UTF8.GetString(cell);
        return null;
    }

    public void End() => rows.Add(CsvCells.Join(cells));
}
