using System.Globalization;
using System.IO.Compression;

namespace Plumbline.Jobs.Tests;

/// <summary>The handwritten digits of samples/digits: 1,797 rows with 64 pixels from 0 to 16, and the digit.</summary>
public static class Digits
{
    public const int Features = 64;

    /// <summary>All rows in a fixed shuffled order.</summary>
    public static IReadOnlyList<(float[] Pixels, int Digit)> Rows { get; } = Read();

    /// <summary>Some rows in the trainer's form, label first.</summary>
    public static string Csv(int start, int count) =>
        string.Concat(
            Rows.Skip(start)
                .Take(count)
                .Select(row =>
                    string.Create(CultureInfo.InvariantCulture, $"{row.Digit},{string.Join(',', row.Pixels)}\n")
                )
        );

    private static (float[], int)[] Read()
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "digits.csv.gz"));
        using var text = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        var rows = new List<(float[], int)>();
        while (text.ReadLine() is { } line)
        {
            var cells = Array.ConvertAll(line.Split(','), cell => float.Parse(cell, CultureInfo.InvariantCulture));
            rows.Add((cells[..Features], (int)cells[Features]));
        }
        var shuffled = rows.ToArray();
        new Random(1).Shuffle(shuffled);
        return shuffled;
    }
}
