using System.Globalization;
using System.IO.Compression;

namespace Plumbline.Testing;

/// <summary>The real streams of the golden data: a header, the class first, numbers only, in time order.</summary>
public static class RealStreams
{
    /// <summary>Reads a stream of <c>data/</c>, such as elec2.</summary>
    /// <param name="every">Takes every so many rows; 1 takes all.</param>
    /// <returns>The features row-major, the features per row, and the class of each row.</returns>
    public static (float[] Features, int Columns, int[] Truths) Read(string name, int every = 1)
    {
        using var file = File.OpenRead(SharedData.Path("data", name + ".csv.gz"));
        using var text = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        _ = text.ReadLine();
        var features = new List<float>();
        var truths = new List<int>();
        for (var line = 0; text.ReadLine() is { } row; line++)
        {
            if (line % every != 0)
            {
                continue;
            }
            var cells = row.Split(',');
            truths.Add((int)float.Parse(cells[0], CultureInfo.InvariantCulture));
            features.AddRange(cells.Skip(1).Select(cell => float.Parse(cell, CultureInfo.InvariantCulture)));
        }
        return ([.. features], features.Count / truths.Count, [.. truths]);
    }
}
