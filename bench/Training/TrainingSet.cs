using System.Globalization;
using System.Text;

namespace Plumbline.Bench.Training;

/// <summary>
/// Generated rows, the same in each run: a label of two classes that depends on some features, with noise.
/// </summary>
internal static class TrainingSet
{
    private const int Rows = 500_000;
    private const int Features = 30;

    /// <summary>Writes the rows as CSV without a header, the label first: about 143 MB.</summary>
    public static void Write(string path)
    {
        var random = new Random(20240229);
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 20);
        Span<double> features = stackalloc double[Features];
        Span<char> text = stackalloc char[32];
        for (var row = 0; row < Rows; row++)
        {
            foreach (ref var feature in features)
            {
                feature = random.NextDouble() * 20 - 10;
            }

            var score = features[0] + features[1] * features[2] / 5 - Math.Abs(features[3]) + 6 * random.NextDouble();
            file.Write(score > 0 ? '1' : '0');
            foreach (var feature in features)
            {
                file.Write(',');
                feature.TryFormat(text, out var length, "F6", CultureInfo.InvariantCulture);
                file.Write(text[..length]);
            }

            file.Write('\n');
        }
    }
}
