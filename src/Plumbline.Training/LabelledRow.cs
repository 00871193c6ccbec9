using System.Globalization;

namespace Plumbline.Training;

/// <summary>An example of a table with numbers only.</summary>
/// <param name="Truth">The index of its class, or the number that a regression predicts.</param>
/// <param name="Features">The numbers in the order of the columns; a missing value is NaN.</param>
public sealed record LabelledRow(double Truth, float[] Features)
{
    /// <summary>The index of its class in <see cref="Job.Labels"/>.</summary>
    public int Label => (int)Truth;

    private const string Columns = "schema.json";

    /// <summary>Reads the CSVs of a channel, which have no header and the truth first.</summary>
    /// <exception cref="InvalidDataException">A cell is not a number.</exception>
    internal static IReadOnlyList<LabelledRow> ReadAll(string folder, string channel)
    {
        if (File.Exists(Path.Combine(folder, Columns)))
        {
            throw new InvalidDataException(
                $"channel {channel}: the table has columns that are not numbers: read the cells of its CSVs, by {Columns} beside them"
            );
        }

        if (Directory.GetFiles(folder, "*.jsonl") is [var examples, ..])
        {
            throw new InvalidDataException(
                $"channel {channel}: the examples of {Path.GetFileName(examples)} are images or texts: read them by Job.Contents"
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
        var (truth, column) = (double.NaN, -1);
        foreach (var range in line.Split(','))
        {
            var cell = line[range];
            var number = double.NaN;
            if (cell.Length > 0 && !double.TryParse(cell, CultureInfo.InvariantCulture, out number))
            {
                throw new InvalidDataException($"{place}: '{cell}' is not a number");
            }

            if (column < 0)
            {
                truth = number;
            }
            else
            {
                features[column] = (float)number;
            }

            column++;
        }

        return new LabelledRow(truth, features);
    }
}
