using System.Globalization;
using Plumbline.Tables;
using Plumbline.XGBoost.Inputs;
using Plumbline.XGBoost.Trees;

namespace Plumbline.XGBoost.Models;

/// <summary>
/// A booster that is ready to predict, with its labels. A classifier gives one probability per class, even if its
/// objective gives something else; any other model gives one value per row. Thread-safe.
/// </summary>
public sealed class LoadedModel : IDisposable
{
    private readonly bool expandBinary;
    private readonly FlatModel? flat;

    private LoadedModel(
        Booster booster,
        string objective,
        IReadOnlyList<string> labels,
        bool expandBinary,
        TableEncoder? encoder
    )
    {
        flat = FlatModel.TryMake(booster, objective, Math.Max(1, expandBinary ? 1 : labels.Count));
        Booster = booster;
        Objective = objective;
        Labels = labels;
        Features = booster.Features;
        Encoder = encoder;
        this.expandBinary = expandBinary;
    }

    public Booster Booster { get; }

    /// <summary>The XGBoost objective that the model was trained with.</summary>
    public string Objective { get; }

    /// <summary>
    /// The classes' names in index order; the indices if the model does not have names; empty if it does not classify.
    /// </summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>The number of features per row.</summary>
    public int Features { get; }

    /// <summary>Turns the cells of a row into features; null if the model takes numbers only.</summary>
    public TableEncoder? Encoder { get; }

    /// <summary>True if <see cref="Predict"/> gives class probabilities.</summary>
    public bool IsClassifier => Labels.Count > 0;

    /// <summary>The number of values that <see cref="Predict"/> gives for a row: one per class, or one.</summary>
    public int AnswersPerRow => Math.Max(1, Labels.Count);

    /// <summary>
    /// True if <see cref="FlatModel"/> predicts the rows, which gave the same answers as libxgboost when the model was
    /// loaded.
    /// </summary>
    public bool IsFlat => flat is not null;

    /// <exception cref="InputException">The booster cannot be loaded, or it does not match its description.</exception>
    public static LoadedModel From(ModelArchive archive, int threads = 1)
    {
        var booster = archive.LoadBooster(threads);
        try
        {
            return From(booster, archive);
        }
        catch
        {
            booster.Dispose();
            throw;
        }
    }

    /// <param name="features">Row-major, <see cref="Features"/> values per row; NaN is a missing value.</param>
    /// <param name="answers">Receives <see cref="AnswersPerRow"/> values for each row.</param>
    public void Predict(ReadOnlySpan<float> features, Span<float> answers)
    {
        if (flat is null)
        {
            Booster.Predict(features, Features, answers);
        }
        else
        {
            flat.Predict(features, answers);
        }
        if (expandBinary)
        {
            for (var row = features.Length / Features - 1; row >= 0; row--)
            {
                var positive = answers[row];
                answers[2 * row] = 1 - positive;
                answers[2 * row + 1] = positive;
            }
        }
    }

    /// <summary>Returns the index of the likeliest class; the first one if several are equal.</summary>
    public static int Likeliest(ReadOnlySpan<float> probabilities)
    {
        var best = 0;
        for (var i = 1; i < probabilities.Length; i++)
        {
            best = probabilities[i] > probabilities[best] ? i : best;
        }
        return best;
    }

    public void Dispose() => Booster.Dispose();

    private static LoadedModel From(Booster booster, ModelArchive archive)
    {
        var (objective, classes) = booster.ReadObjective();
        var binary = objective.StartsWith("binary:", StringComparison.Ordinal);
        var count =
            binary ? 2
            : classes > 1 ? classes
            : 0;
        // These objectives have the same trees but answer with probabilities.
        if (objective == "multi:softmax")
        {
            booster.SetParameters([new("objective", "multi:softprob")]);
        }
        else if (objective == "binary:logitraw")
        {
            booster.SetParameters([new("objective", "binary:logistic")]);
        }
        var description = archive.Description;
        if (description is { Features: > 0 } && description.Features != booster.Features)
        {
            var reason = $"it says {description.Features} features, but the booster has {booster.Features}";
            throw new InputException($"{archive.Place}, {ModelDescription.FileName}", reason);
        }
        if (description is { Labels.Count: > 0 } && description.Labels.Count != count)
        {
            var reason = $"it names {description.Labels.Count} classes, but the booster has {count}";
            throw new InputException($"{archive.Place}, {ModelDescription.FileName}", reason);
        }
        var labels = description is { Labels.Count: > 0 }
            ? description.Labels
            : [.. Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        if (archive.Encoder is { } encoder && encoder.Features != booster.Features)
        {
            var reason = $"it makes {encoder.Features} features, but the booster has {booster.Features}";
            throw new InputException($"{archive.Place}, {TableEncoder.FileName}", reason);
        }
        return new LoadedModel(booster, objective, labels, binary, archive.Encoder);
    }
}
