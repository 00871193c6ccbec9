using System.Globalization;
using System.Text.Json;
using Plumbline.XGBoost.Formats;
using Plumbline.XGBoost.Inputs;
using Plumbline.XGBoost.Trees;

namespace Plumbline.XGBoost.Blends;

/// <summary>The saved form of one part of a blend, and its weight.</summary>
internal sealed class PartTrees : IDisposable
{
    private readonly string name;
    private readonly JsonDocument document;

    private PartTrees(string name, JsonDocument document, double weight)
    {
        this.name = name;
        this.document = document;
        Weight = weight;
    }

    /// <summary>The share in the blend; the shares of all parts add up to 1.</summary>
    public double Weight { get; }

    public JsonElement Root => document.RootElement;

    public JsonElement Trees => Model.GetProperty("trees");

    /// <summary>The class of each tree.</summary>
    public JsonElement Groups => Model.GetProperty("tree_info");

    /// <summary>The number of trees per round and class.</summary>
    public string ParallelTrees => Text(Model.GetProperty("gbtree_model_param"), "num_parallel_tree");

    /// <summary>The answer of a model without trees, as libxgboost writes it.</summary>
    public float BaseScore => float.Parse(Text(Parameters, "base_score"), CultureInfo.InvariantCulture);

    private JsonElement Learner => Root.GetProperty("learner");

    private JsonElement Model => Learner.GetProperty("gradient_booster").GetProperty("model");

    private JsonElement Parameters => Learner.GetProperty("learner_model_param");

    private string Objective => Learner.GetProperty("objective").GetProperty("name").GetString()!;

    /// <exception cref="InputException">The booster is not a plain model of trees, or it has none.</exception>
    public static PartTrees Read(string name, Booster booster, double weight)
    {
        var part = new PartTrees(name, ModelJson.Parse(booster.SaveJson()), weight);
        if (part.Refusal() is { } reason)
        {
            part.Dispose();
            throw new InputException(name, reason);
        }
        return part;
    }

    /// <exception cref="InputException">The two models do not answer the same question about the same rows.</exception>
    public void MustFit(PartTrees first)
    {
        MustEqual("the objective", Objective, first.Objective, first);
        MustEqual("num_class", Text(Parameters, "num_class"), Text(first.Parameters, "num_class"), first);
        MustEqual("num_feature", Text(Parameters, "num_feature"), Text(first.Parameters, "num_feature"), first);
        MustEqual("the feature types", FeatureTypes(), first.FeatureTypes(), first);
        if (BaseScore != first.BaseScore && Links.Of(Objective) is null)
        {
            throw new InputException(
                name,
                $"its base_score {BaseScore} differs from {first.BaseScore} of {first.name}: with the objective {Objective}, train all parts with the same base_score"
            );
        }
    }

    /// <summary>
    /// Returns how much more margin this part begins with than the first one; 0 if their base scores are equal.
    /// </summary>
    public double MarginOver(PartTrees first) =>
        BaseScore == first.BaseScore || Links.Of(Objective) is not { } link
            ? 0
            : (double)link.BaseMargin(BaseScore) - link.BaseMargin(first.BaseScore);

    public void Dispose() => document.Dispose();

    private string? Refusal() =>
        Learner.GetProperty("gradient_booster").GetProperty("name").GetString() switch
        {
            "gbtree" => Trees.GetArrayLength() > 0 ? null : "it has no trees: train it before it is blended",
            "dart" => "it is a DART model, which weights its trees at each answer and cannot be blended: "
                + "train it with the hyperparameter booster=gbtree",
            var other => $"it is a {other} model: only models of trees (booster=gbtree) can be blended",
        };

    private void MustEqual(string what, string own, string expected, PartTrees first)
    {
        if (own != expected)
        {
            throw new InputException(
                name,
                $"{what} is {own}, but {expected} in {first.name}: the parts of a blend must have the same"
            );
        }
    }

    private string FeatureTypes() =>
        string.Join(',', Learner.GetProperty("feature_types").EnumerateArray().Select(type => type.GetString()));

    private static string Text(JsonElement parameters, string parameter) =>
        parameters.GetProperty(parameter).GetString()!;
}
