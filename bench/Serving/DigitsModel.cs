using System.IO.Compression;
using Plumbline.XGBoost;
using Plumbline.XGBoost.Blends;
using Plumbline.XGBoost.Models;

namespace Plumbline.Bench.Serving;

/// <summary>The served model: 50 rounds of 10 classes on the digits sample.</summary>
internal static class DigitsModel
{
    public const string PythonName = "model.ubj";
    private const int Features = 64;
    private const int Rounds = 50;

    /// <summary>Trains the model and writes it into a folder, in the layout of an unpacked SageMaker model.</summary>
    public static void Write(string folder)
    {
        using var booster = Train([new("objective", "multi:softprob"), new("num_class", "10")], Lines());
        ModelArchive.Write(folder, booster.Save(), new ModelDescription { Features = Features });
        // Python recognizes the format by the file's extension.
        File.WriteAllBytes(Path.Combine(folder, PythonName), booster.Save());
    }

    /// <summary>
    /// Writes a blend of several models, each of 50 rounds. Each part leaves out a different quarter of the rows.
    /// </summary>
    /// <param name="folder">The folder of the model.</param>
    /// <param name="parts">From 1 to 4.</param>
    /// <param name="classes">10, or 2: the digits under 5 and the others.</param>
    public static void WriteBlend(string folder, int parts, int classes)
    {
        KeyValuePair<string, string>[] objective =
            classes == 2
                ? [new("objective", "binary:logistic")]
                : [new("objective", "multi:softprob"), new("num_class", "10")];
        var lines = Lines();
        if (classes == 2)
        {
            lines.ForEach(line => line[Features] = line[Features] < 5 ? 0 : 1);
        }
        var boosters = Enumerable
            .Range(0, parts)
            .Select(part => Train(objective, [.. lines.Where((_, row) => row % 4 != part)]))
            .ToList();
        using var blend = BoosterBlend.Merge([.. boosters.Select(booster => new BlendPart("a part", booster, 1))]);
        ModelArchive.Write(folder, blend.Save(), new ModelDescription { Features = Features });
        boosters.ForEach(booster => booster.Dispose());
    }

    /// <summary>Returns rows to send, without their labels.</summary>
    public static string Body(int rows) =>
        string.Concat(Lines().Take(rows).Select(line => string.Join(',', line[..Features]) + "\n"));

    private static Booster Train(KeyValuePair<string, string>[] objective, List<float[]> lines)
    {
        var features = lines.SelectMany(line => line[..Features]).ToArray();
        var labels = lines.Select(line => line[Features]).ToArray();
        using var train = DMatrix.FromRows(features, Features, labels);
        var booster = Booster.Create([.. objective, new("tree_method", "hist"), new("nthread", "2")], train);
        for (var round = 0; round < Rounds; round++)
        {
            booster.Update(round, train);
        }
        return booster;
    }

    private static List<float[]> Lines()
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "digits.csv.gz"));
        using var text = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        var lines = new List<float[]>();
        while (text.ReadLine() is { } line)
        {
            lines.Add(Array.ConvertAll(line.Split(','), float.Parse));
        }
        return lines;
    }
}
