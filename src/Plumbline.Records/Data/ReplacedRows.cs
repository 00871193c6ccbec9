using Plumbline.Tables;

namespace Plumbline.Records.Data;

/// <summary>
/// The held-out rows in the form that production takes, if it was trained without a column of the new data set: the same
/// rows in the same order, with production's columns in production's order. The truth stays the new data set's.
/// </summary>
public static class ReplacedRows
{
    /// <summary>The folder in the output of prepare.</summary>
    public const string Folder = "replaced";

    /// <summary>The manifest of production's data set, beside the rows.</summary>
    public const string ManifestFile = "manifest.json";

    /// <summary>Writes the held-out rows, and production's manifest beside them.</summary>
    /// <param name="dataSet">The folder of the new data set version.</param>
    /// <param name="manifest">The new version.</param>
    /// <param name="production">The version that production was trained on, whose columns the new version has.</param>
    /// <param name="folder">The folder to write to.</param>
    public static void Write(string dataSet, DataSetManifest manifest, DataSetManifest production, string folder)
    {
        Directory.CreateDirectory(folder);
        int[] places = [.. production.Features.Select(name => manifest.Features.ToList().IndexOf(name))];
        foreach (var file in new[] { manifest.Names.Recent, manifest.Names.Base })
        {
            var to = Path.Combine(folder, Path.GetFileName(file));
            var lines = File.ReadLines(Path.Combine(dataSet, file));
            File.WriteAllLines(to, manifest.Contents == true ? lines : lines.Select(line => Of(line, places)));
        }
        File.WriteAllText(Path.Combine(folder, "features.json"), RecordJson.Write(production.Features) + "\n");
        File.WriteAllText(Path.Combine(folder, ManifestFile), RecordJson.WriteDocument(production));
    }

    private static string Of(string line, int[] places)
    {
        var cells = CsvCells.Split(line);
        return CsvCells.Join([cells[0], .. places.Select(place => cells[place + 1])]);
    }
}
