using System.Text;
using Plumbline.Records.Data;
using Plumbline.Records.Quality;
using Plumbline.Tables;

namespace Plumbline.Records.Evaluation;

/// <summary>The held-out rows that prepare wrote: headerless CSV, the class index or the true number first.</summary>
/// <param name="Columns">The number of cells per row.</param>
/// <param name="Actual">The class index of each row; the number in a regression.</param>
/// <param name="Features">Row-major; NaN for a missing value; empty in a table with kinds.</param>
public sealed record TestSet(int Columns, double[] Actual, float[] Features)
{
    private SchemaCells? kinds;

    public int Rows => Actual.Length;

    /// <summary>The columns' kinds; null if all are numbers.</summary>
    public TableSchema? Schema { get; private init; }

    /// <summary>The cells of each row of a table with kinds, as CSV; empty if all columns are numbers.</summary>
    public IReadOnlyList<string> Lines { get; private init; } = [];

    public ReadOnlySpan<float> Row(int row) => Features.AsSpan(row * Columns, Columns);

    /// <summary>The split key of a row's features, which pairs it with the same row in another evaluation.</summary>
    public SplitKey Key(int row)
    {
        var canonical = new CanonicalFeatures();
        if (Schema is { } schema)
        {
            kinds ??= new SchemaCells(schema);
            var cells = CsvCells.Split(Lines[row]);
            for (var i = 0; i < cells.Count; i++)
                kinds.TryAdd(canonical, i, Encoding.UTF8.GetBytes(cells[i]));
            return SplitKey.Of(canonical);
        }
        foreach (var value in Row(row))
            canonical.AddNumber(value);
        return SplitKey.Of(canonical);
    }

    /// <summary>The numbers of one column; NaN where a cell is missing or is not a number.</summary>
    public float[] Numbers(int column) =>
        Schema is null
            ? [.. Enumerable.Range(0, Rows).Select(row => Row(row)[column])]
            : Array.ConvertAll(
                Texts(column),
                text => CellText.TryNumber(Encoding.UTF8.GetBytes(text), out var number) ? number : float.NaN
            );

    /// <summary>The cells of one column of a table with kinds; a missing value is empty.</summary>
    public string[] Texts(int column) =>
        [
            .. Lines
                .Select(line => CsvCells.Split(line)[column].Trim())
                .Select(cell => Schema!.Missing.Contains(cell) ? "" : cell),
        ];

    /// <summary>Reads a file; a missing or empty file gives a set without rows.</summary>
    /// <param name="path">The CSV.</param>
    /// <param name="classes">The number of the project's classes; 0 in a regression.</param>
    /// <param name="schema">The columns' kinds; null if all are numbers.</param>
    /// <exception cref="UserError">The message names file and line.</exception>
    public static TestSet Read(string path, int classes, TableSchema? schema = null)
    {
        var actual = new List<double>();
        var features = new List<float>();
        var lines = new List<string>();
        var columns = schema?.Columns.Count ?? 0;
        if (File.Exists(path))
        {
            foreach (var line in File.ReadLines(path))
            {
                var place = $"{Path.GetFileName(path)}:{actual.Count + 1}";
                if (schema is not null)
                {
                    var comma = line.IndexOf(',', StringComparison.Ordinal);
                    actual.Add(Label(comma < 0 ? line : line[..comma], classes, place));
                    lines.Add(line[(comma + 1)..]);
                    var cells = CsvRow.Count(Encoding.UTF8.GetBytes(lines[^1]));
                    if (comma < 0 || cells != columns)
                        throw new UserError(place, $"has {cells + 1} cells; the project's columns make {columns + 1}");
                    continue;
                }
                actual.Add(ReadNumbers(line, classes, place, features, ref columns));
            }
        }
        return new TestSet(columns, [.. actual], [.. features]) { Schema = schema, Lines = lines };
    }

    private static double ReadNumbers(string line, int classes, string place, List<float> features, ref int columns)
    {
        var cells = line.Split(',');
        if (columns == 0)
            columns = cells.Length - 1;
        if (cells.Length - 1 != columns || columns == 0)
            throw new UserError(place, $"has {cells.Length} cells; the first line has {columns + 1}");
        var label = Label(cells[0], classes, place);
        foreach (var cell in cells.AsSpan(1))
        {
            if (!CanonicalFeatures.TryNumber(Encoding.UTF8.GetBytes(cell), out var number))
                throw new UserError(place, $"has '{cell}', which is not a number");
            features.Add(number);
        }
        return label;
    }

    private static double Label(string cell, int classes, string place) =>
        classes == 0
            ? TruthNumber.Find(cell) ?? throw new UserError(place, $"has the truth '{cell}', which is not a number")
        : int.TryParse(cell, out var label) && label >= 0 && label < classes ? label
        : throw new UserError(place, $"has the class '{cell}', which is not one of 0 to {classes - 1}");
}
