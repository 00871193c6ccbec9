using System.Globalization;
using System.Text;

namespace Plumbline.Testing;

/// <summary>Small data that a model can learn: the class is the index of the largest of some noisy features.</summary>
public static class SampleData
{
    public static (float[] Features, float[] Labels) Make(int rows, int columns = 8, int classes = 3, int seed = 1)
    {
        var random = new Random(seed);
        var features = new float[rows * columns];
        var labels = new float[rows];
        for (var row = 0; row < rows; row++)
        {
            var values = features.AsSpan(row * columns, columns);
            for (var i = 0; i < columns; i++)
            {
                values[i] = MathF.Round((float)random.NextDouble(), 4);
            }
            labels[row] = values[..classes].IndexOf(Largest(values[..classes]));
        }
        return (features, labels);
    }

    public static string Csv(int rows, int columns = 8, int classes = 3, int seed = 1, bool label = true)
    {
        var (features, labels) = Make(rows, columns, classes, seed);
        var text = new StringBuilder();
        for (var row = 0; row < rows; row++)
        {
            var values = features.AsSpan(row * columns, columns).ToArray();
            var cells = label ? values.Prepend(labels[row]) : values;
            text.AppendJoin(',', cells.Select(x => x.ToString(CultureInfo.InvariantCulture))).Append('\n');
        }
        return text.ToString();
    }

    private static float Largest(ReadOnlySpan<float> values)
    {
        var largest = values[0];
        foreach (var value in values)
        {
            largest = Math.Max(largest, value);
        }
        return largest;
    }
}
