using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using System.Text;

namespace Plumbline.Cli.Demo;

/// <summary>
/// UCI's handwritten digits, split by a fixed shuffle into the project's base data, clean traffic, and a measuring set
/// that nobody reviews or trains on.
/// </summary>
internal sealed record Digits(IReadOnlyList<Digit> Base, IReadOnlyList<Digit> Clean, IReadOnlyList<Digit> Measuring)
{
    private const int BaseRows = 1100;
    private const int CleanRows = 157;

    // Chosen before any result was known.
    private const int Seed = 20261122;

    /// <summary>Reads the sample's data.</summary>
    public static Digits Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("samples/digits/digits.csv.gz")!;
        using var reader = new StreamReader(new GZipStream(stream, CompressionMode.Decompress));
        var all = new List<Digit>();
        while (reader.ReadLine() is { Length: > 0 } line)
        {
            var cells = line.Split(',');
            var pixels = cells[..^1].Select(cell => float.Parse(cell, CultureInfo.InvariantCulture)).ToArray();
            all.Add(new Digit(pixels, cells[^1]));
        }

        var shuffled = all.ToArray();
        new Random(Seed).Shuffle(shuffled);
        return new Digits(
            shuffled[..BaseRows],
            shuffled[BaseRows..(BaseRows + CleanRows)],
            shuffled[(BaseRows + CleanRows)..]
        );
    }

    /// <summary>The project's base data: a header line, then one image a line.</summary>
    public string BaseCsv() => Csv(Base);

    /// <summary>All images as base data.</summary>
    public string AllCsv() => Csv([.. Base, .. Clean, .. Measuring]);

    private static string Csv(IReadOnlyList<Digit> rows)
    {
        var csv = new StringBuilder("label");
        for (var pixel = 0; pixel < 64; pixel++)
        {
            csv.Append(CultureInfo.InvariantCulture, $",p{pixel / 8}{pixel % 8}");
        }

        csv.Append('\n');
        foreach (var digit in rows)
        {
            csv.Append(digit.Label).Append(',').Append(digit.Features).Append('\n');
        }

        return csv.ToString();
    }
}
