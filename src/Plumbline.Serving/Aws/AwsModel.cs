using Plumbline.XGBoost;
using Plumbline.XGBoost.Formats;
using Plumbline.XGBoost.Inputs;
using Plumbline.XGBoost.Models;
using Plumbline.XGBoost.Native;

namespace Plumbline.Serving.Aws;

/// <summary>A booster that answers as in AWS's image: with the output of its objective, without class names.</summary>
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

    /// <summary>The model's num_class; 0 if it does not have one.</summary>
    public int Classes { get; }

    public int Features { get; }

    /// <summary>True if the model is a pickle. AWS's server checks the number of columns only for pickles.</summary>
    public bool IsPickled { get; }

    /// <summary>Loads <c>xgboost-model</c>, else the only file, as AWS's server does.</summary>
    /// <exception cref="InputException">The model file is missing, or it cannot be loaded.</exception>
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

    /// <returns>The answers, row-major: rows x (answers per row).</returns>
    public float[] Predict(DMatrix rows)
    {
        // Predicting a matrix uses the booster's own cache, which is not thread-safe.
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
            [] => throw new InputException("model", $"the archive has no {ModelArchive.BoosterName}"),
            _ => throw new InputException(
                "model",
                $"the archive has {files.Count} files and no {ModelArchive.BoosterName}; an ensemble of models is "
                    + "served on AWS only"
            ),
        };
    }
}
