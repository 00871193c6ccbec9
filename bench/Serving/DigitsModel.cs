using System.IO.Compression;
using Plumbline.XGBoost;
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
        var lines = Lines();
        var features = lines.SelectMany(line => line[..Features]).ToArray();
        var labels = lines.Select(line => line[Features]).ToArray();
        using var train = DMatrix.FromRows(features, Features, labels);
        using var booster = Booster.Create(
            [
                new("objective", "multi:softprob"),
                new("num_class", "10"),
                new("tree_method", "hist"),
                new("nthread", "2"),
            ],
            train
        );
        for (var round = 0; round < Rounds; round++)
        {
            booster.Update(round, train);
        }
        ModelArchive.Write(folder, booster.Save(), new ModelDescription { Features = Features });
        // Python recognizes the format by the file's extension.
        File.WriteAllBytes(Path.Combine(folder, PythonName), booster.Save());
    }

    /// <summary>Returns rows to send, without their labels.</summary>
    public static string Body(int rows) =>
        string.Concat(Lines().Take(rows).Select(line => string.Join(',', line[..Features]) + "\n"));

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
