using System.Globalization;
using Plumbline.Records.Algorithm;
using Plumbline.XGBoost;
using Plumbline.XGBoost.Models;

namespace Plumbline.Jobs.Train;

/// <summary>The start of a training: the model of the channel <c>model</c>, or nothing.</summary>
internal sealed class WarmStart : IDisposable
{
    private Booster? booster;

    private WarmStart(Booster? booster, int rounds, IReadOnlyList<string> labels)
    {
        this.booster = booster;
        Rounds = rounds;
        Labels = labels;
    }

    /// <summary>Rounds that the model has already.</summary>
    public int Rounds { get; }

    /// <summary>The classes' names for the new model.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <exception cref="InputException">The model does not fit the data or the hyperparameters.</exception>
    public static WarmStart From(ModelArchive? parent, Hyperparameters hyperparameters, TrainingData data)
    {
        var labels = hyperparameters.ClassLabels;
        if (parent is null)
        {
            return new WarmStart(null, 0, labels.Count > 0 ? labels : Indices(hyperparameters.Classes));
        }
        var booster = parent.LoadBooster(hyperparameters.Threads);
        try
        {
            var known = parent.Description?.Labels ?? [];
            if (Misfit(booster, known, hyperparameters, data) is { } reason)
            {
                throw new InputException(parent.Place, reason);
            }
            new EarlyStopping(booster, 0).Forget();
            var names =
                labels.Count > 0 ? labels
                : known.Count > 0 ? known
                : Indices(hyperparameters.Classes);
            return new WarmStart(booster, booster.Rounds, names);
        }
        catch
        {
            booster.Dispose();
            throw;
        }
    }

    /// <summary>The model to train on, whose owner the caller becomes; null where it starts from nothing.</summary>
    public Booster? TakeBooster()
    {
        var taken = booster;
        booster = null;
        return taken;
    }

    public void Dispose() => booster?.Dispose();

    private static string? Misfit(
        Booster booster,
        IReadOnlyList<string> known,
        Hyperparameters hyperparameters,
        TrainingData data
    )
    {
        var (objective, classes) = booster.ReadObjective();
        if (objective != hyperparameters.Objective)
        {
            return $"its objective is {objective}, the training's {hyperparameters.Objective}";
        }
        if (classes > 1 && classes != hyperparameters.Classes)
        {
            return $"it has {classes} classes, the training {hyperparameters.Classes}";
        }
        if (booster.Features != data.Train.Columns)
        {
            return $"it takes {booster.Features} features, the training data has {data.Train.Columns}";
        }
        var named = hyperparameters.ClassLabels;
        var former = hyperparameters.Given.TryGetValue("former_labels", out var text)
            ? HyperparameterTable.ReadFormerLabels(text)!
            : new Dictionary<string, string>();
        return
            known.Count > 0
            && named.Count > 0
            && !known.Select(label => former.GetValueOrDefault(label, label)).SequenceEqual(named)
            ? $"its classes are {string.Join(", ", known)}, the training's {string.Join(", ", named)}"
            : null;
    }

    private static string[] Indices(int classes) =>
        [.. Enumerable.Range(0, classes).Select(i => i.ToString(CultureInfo.InvariantCulture))];
}
