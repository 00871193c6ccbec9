using System.Globalization;
using Plumbline.Records.Algorithm;
using Plumbline.Tables;
using Plumbline.XGBoost;
using Plumbline.XGBoost.Inputs;
using Plumbline.XGBoost.Models;

namespace Plumbline.Jobs.Train;

/// <summary>The model in the channel <c>model</c> that a training continues, if the job has that channel.</summary>
internal sealed class WarmStart : IDisposable
{
    private Booster? booster;

    private WarmStart(Booster? booster, int rounds, IReadOnlyList<string> labels)
    {
        this.booster = booster;
        Rounds = rounds;
        Labels = labels;
    }

    /// <summary>The number of rounds that the parent model has; 0 without a parent.</summary>
    public int Rounds { get; }

    /// <summary>The classes' names for the new model.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <exception cref="InputException">The model and the data or the hyperparameters do not match.</exception>
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
            if ((Misfit(parent.Encoder, data.Encoder) ?? Misfit(booster, known, hyperparameters, data)) is { } reason)
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

    /// <summary>Returns the model to continue, or null. The caller must dispose it.</summary>
    public Booster? TakeBooster()
    {
        var taken = booster;
        booster = null;
        return taken;
    }

    public void Dispose() => booster?.Dispose();

    private static string? Misfit(TableEncoder? parent, TableEncoder? now)
    {
        var (before, after) = (parent?.Schema.Columns ?? [], now?.Schema.Columns ?? []);
        return before.SequenceEqual(after)
            ? null
            : "its columns or their kinds are not those of the training data, so it cannot be continued";
    }

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
            return $"its objective is {objective}, but the training's is {hyperparameters.Objective}";
        }
        if (classes > 1 && classes != hyperparameters.Classes)
        {
            return $"it has {classes} classes, but the training has {hyperparameters.Classes}";
        }
        if (booster.Features != data.Train.Columns)
        {
            return $"it takes {booster.Features} features, but the training data has {data.Train.Columns}";
        }
        var named = hyperparameters.ClassLabels;
        var former = hyperparameters.Given.TryGetValue("former_labels", out var text)
            ? HyperparameterTable.ReadFormerLabels(text)!
            : new Dictionary<string, string>();
        return
            known.Count > 0
            && named.Count > 0
            && !known.Select(label => former.GetValueOrDefault(label, label)).SequenceEqual(named)
            ? $"its classes are {string.Join(", ", known)}, but the training's are {string.Join(", ", named)}"
            : null;
    }

    private static string[] Indices(int classes) =>
        [.. Enumerable.Range(0, classes).Select(i => i.ToString(CultureInfo.InvariantCulture))];
}
