using System.Globalization;

namespace Plumbline.Training;

/// <summary>An example of a table with numbers only.</summary>
/// <param name="Label">The index of its class in <see cref="Job.Labels"/>.</param>
/// <param name="Features">The numbers in the order of the columns; a missing value is NaN.</param>
public sealed record LabelledRow(int Label, float[] Features)
{
    private const string Columns = "schema.json";

    /// <summary>Reads the CSVs of a channel, which have no header and the class index first.</summary>
    /// <exception cref="InvalidDataException">A cell is not a number.</exception>
    internal static IReadOnlyList<LabelledRow> ReadAll(string folder, string channel)
    {
        if (File.Exists(Path.Combine(folder, Columns)))
        {
            throw new InvalidDataException(
                $"channel {channel}: the table has columns that are not numbers: read the cells of its CSVs, by {Columns} beside them"
            );
        }

        var rows = new List<LabelledRow>();
        foreach (
            var file in Directory.GetFiles(folder, "*.csv", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        )
        {
            var number = 0;
            foreach (var line in File.ReadLines(file))
            {
                number++;
                if (line.Length > 0)
                {
                    rows.Add(Read(line, $"channel {channel}, {Path.GetFileName(file)}:{number}"));
                }
            }
        }

        return rows;
    }

    private static LabelledRow Read(ReadOnlySpan<char> line, string place)
    {
        var features = new float[line.Count(',')];
        var (label, column) = (0, -1);
        foreach (var range in line.Split(','))
        {
            var cell = line[range];
            var number = float.NaN;
            if (cell.Length > 0 && !float.TryParse(cell, CultureInfo.InvariantCulture, out number))
            {
                throw new InvalidDataException($"{place}: '{cell}' is not a number");
            }

            if (column < 0)
            {
                label = (int)number;
            }
            else
            {
                features[column] = number;
            }

            column++;
        }

        return new LabelledRow(label, features);
    }
}
