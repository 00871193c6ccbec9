using System.Text.Json;
using System.Text.Json.Serialization;
using Plumbline.XGBoost.Inputs;

namespace Plumbline.XGBoost.Models;

/// <summary>The content of <c>plumbline-model.json</c>, which is stored next to the booster.</summary>
public sealed record ModelDescription
{
    /// <summary>The file's name in a model's folder or archive.</summary>
    public const string FileName = "plumbline-model.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>The classes' names in index order; empty if the model does not classify.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>The number of features per row.</summary>
    public int Features { get; init; }

    /// <summary>XGBoost's objective, for example multi:softprob.</summary>
    public string Objective { get; init; } = "";

    /// <summary>The total number of rounds in the model.</summary>
    public int Rounds { get; init; }

    /// <summary>The number of rounds before this training (warm start); 0 for a model from scratch.</summary>
    public int ParentRounds { get; init; }

    /// <summary>The number of rows in the channel train.</summary>
    public int TrainRows { get; init; }

    /// <summary>The last round's metrics, for example <c>validation-mlogloss</c>.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>The hyperparameters that the training used: hist instead of gpu_hist if it had no GPU.</summary>
    public IReadOnlyDictionary<string, string> Hyperparameters { get; init; } = new Dictionary<string, string>();

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <exception cref="InputException">The JSON is invalid.</exception>
    public static ModelDescription FromJson(ReadOnlySpan<byte> json, string place)
    {
        try
        {
            return JsonSerializer.Deserialize<ModelDescription>(json, Json)
                ?? throw new InputException(place, "it is empty");
        }
        catch (JsonException e)
        {
            throw new InputException(place, $"it is not the JSON of a model's description (line {e.LineNumber + 1})");
        }
    }
}
