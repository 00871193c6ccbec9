using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plumbline.XGBoost.Models;

/// <summary>The content of <c>plumbline-model.json</c>, which lies beside a booster.</summary>
public sealed record ModelDescription
{
    /// <summary>The file's name in a model's folder or archive.</summary>
    public const string FileName = "plumbline-model.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>The classes' names in the order of their indices; empty where the model does not classify.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Features a row.</summary>
    public int Features { get; init; }

    /// <summary>XGBoost's objective, for instance multi:softprob.</summary>
    public string Objective { get; init; } = "";

    /// <summary>All rounds in the model.</summary>
    public int Rounds { get; init; }

    /// <summary>How many of them were there before this training (warm start); 0 for a model from scratch.</summary>
    public int ParentRounds { get; init; }

    /// <summary>Rows that it was trained on.</summary>
    public int TrainRows { get; init; }

    /// <summary>The last round's metrics, for instance <c>validation-mlogloss</c>.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>As the training used them: what was given, but hist where gpu_hist found no GPU.</summary>
    public IReadOnlyDictionary<string, string> Hyperparameters { get; init; } = new Dictionary<string, string>();

    /// <summary>As UTF-8 JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <exception cref="InputException">It is no such JSON.</exception>
    public static ModelDescription FromJson(ReadOnlySpan<byte> json, string place)
    {
        try
        {
            return JsonSerializer.Deserialize<ModelDescription>(json, Json)
                ?? throw new InputException(place, "it is empty");
        }
        catch (JsonException e)
        {
            throw new InputException(place, $"not JSON of a model's description (line {e.LineNumber + 1})");
        }
    }
}
