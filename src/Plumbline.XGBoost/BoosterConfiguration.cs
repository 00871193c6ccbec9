using System.Globalization;
using System.Text.Json;
using Plumbline.XGBoost.Formats;

namespace Plumbline.XGBoost;

/// <summary>Reads the JSON configuration that libxgboost writes for a booster.</summary>
internal sealed class BoosterConfiguration(ReadOnlySpan<byte> json) : IDisposable
{
    private readonly JsonDocument document = JsonDocument.Parse(json.ToArray());

    private JsonElement Learner => document.RootElement.GetProperty("learner");

    /// <summary>The objective's name and num_class, or 0 if it does not have one.</summary>
    public (string Name, int Classes) Objective
    {
        get
        {
            var name = Learner.GetProperty("objective").GetProperty("name").GetString() ?? "";
            var classes = Learner.GetProperty("learner_model_param").GetProperty("num_class").GetString();
            return (name, int.TryParse(classes, CultureInfo.InvariantCulture, out var count) ? count : 0);
        }
    }

    /// <summary>The number of trees per round and class; 1 if the configuration does not say.</summary>
    public int ParallelTrees
    {
        get
        {
            var booster = Learner.GetProperty("gradient_booster");
            booster = booster.TryGetProperty("gbtree", out var inner) ? inner : booster;
            return
                booster.TryGetProperty("gbtree_model_param", out var parameters)
                && parameters.TryGetProperty("num_parallel_tree", out var text)
                && int.TryParse(text.GetString(), CultureInfo.InvariantCulture, out var trees)
                ? trees
                : 1;
        }
    }

    public void Dispose() => document.Dispose();
}
