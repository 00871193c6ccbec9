using Plumbline.XGBoost;
using Plumbline.XGBoost.Formats;
using Plumbline.XGBoost.Models;

namespace Plumbline.Serving.Aws;

/// <summary>A booster that answers as AWS's image lets it: as its objective does, without names of classes.</summary>
internal sealed class AwsModel : IDisposable
{
    private readonly Booster booster;
    private readonly Lock turn = new();

    private AwsModel(Booster booster, bool isPickled)
    {
        this.booster = booster;
        IsPickled = isPickled;
        (Objective, Classes) = booster.ReadObjective();
        Features = booster.Features;
    }

    public string Objective { get; }

    /// <summary>num_class; 0 where it has none.</summary>
    public int Classes { get; }

    public int Features { get; }

    /// <summary>True where AWS's server would have found a pickle; it looks at the number of columns only then.</summary>
    public bool IsPickled { get; }

    /// <summary>Loads <c>xgboost-model</c>, else the only file, as AWS's server does.</summary>
    /// <exception cref="InputException">There is none, or it cannot be loaded.</exception>
    public static AwsModel Load(string folder, TextWriter log)
    {
        var file = Find(folder);
        var bytes = File.ReadAllBytes(file);
        var format = ModelBytes.FormatOf(bytes);
        log.WriteLine($"{Path.GetFileName(file)}: {format.Name()}, {bytes.Length} bytes");
        try
        {
            return new AwsModel(Booster.Load(bytes), format == ModelFormat.Pickle);
        }
        catch (XGBoostException e)
        {
            throw new InputException(Path.GetFileName(file), e.Message);
        }
    }

    /// <summary>The answers, row after row; how many a row follows from their number.</summary>
    public float[] Predict(DMatrix rows)
    {
        // A matrix is predicted through the booster's own cache.
        lock (turn)
        {
            return booster.Predict(rows);
        }
    }

    public void Dispose() => booster.Dispose();

    private static string Find(string folder)
    {
        var named = Path.Combine(folder, ModelArchive.BoosterName);
        if (File.Exists(named))
        {
            return named;
        }
        var files = Directory.Exists(folder)
            ? Directory.GetFiles(folder).Where(file => !Path.GetFileName(file).StartsWith('.')).ToList()
            : [];
        return files switch
        {
            [var only] => only,
            [] => throw new InputException("model", $"no {ModelArchive.BoosterName} in the archive"),
            _ => throw new InputException(
                "model",
                $"no {ModelArchive.BoosterName} in the archive, but {files.Count} files; an ensemble of several is "
                    + "served on AWS only"
            ),
        };
    }
}
