using System.Text;
using Plumbline.Records.Data;

namespace Plumbline.Records.Evaluation;

/// <summary>The held-out rows that prepare wrote: headerless CSV, the class index first.</summary>
/// <param name="Columns">The number of features per row.</param>
/// <param name="Actual">The class index of each row.</param>
/// <param name="Features">Row-major; NaN for a missing value.</param>
public sealed record TestSet(int Columns, int[] Actual, float[] Features)
{
    public int Rows => Actual.Length;

    public ReadOnlySpan<float> Row(int row) => Features.AsSpan(row * Columns, Columns);

    /// <summary>The split key of a row's features, which pairs it with the same row in another evaluation.</summary>
    public SplitKey Key(int row)
    {
        var canonical = new CanonicalFeatures();
        foreach (var value in Row(row))
            canonical.AddNumber(value);
        return SplitKey.Of(canonical);
    }

    /// <summary>Reads a file; a missing or empty file gives a set without rows.</summary>
    /// <param name="path">The CSV.</param>
    /// <param name="classes">The number of the project's classes.</param>
    /// <exception cref="UserError">The message names file and line.</exception>
    public static TestSet Read(string path, int classes)
    {
        var actual = new List<int>();
        var features = new List<float>();
        var columns = 0;
        if (File.Exists(path))
        {
            foreach (var line in File.ReadLines(path))
            {
                var cells = line.Split(',');
                var place = $"{Path.GetFileName(path)}:{actual.Count + 1}";
                if (actual.Count == 0)
                    columns = cells.Length - 1;
                if (cells.Length - 1 != columns || columns == 0)
                    throw new UserError(place, $"has {cells.Length} cells; the first line has {columns + 1}");
                if (!int.TryParse(cells[0], out var label) || label < 0 || label >= classes)
                    throw new UserError(place, $"has the class '{cells[0]}', which is not one of 0 to {classes - 1}");
                actual.Add(label);
                foreach (var cell in cells.AsSpan(1))
                {
                    if (!CanonicalFeatures.TryNumber(Encoding.UTF8.GetBytes(cell), out var number))
                        throw new UserError(place, $"has '{cell}', which is not a number");
                    features.Add(number);
                }
            }
        }
        return new TestSet(columns, [.. actual], [.. features]);
    }
}
