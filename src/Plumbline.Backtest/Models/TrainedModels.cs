using Plumbline.Backtest.Streams;
using Plumbline.Records.Recipes;
using Plumbline.XGBoost;

namespace Plumbline.Backtest.Models;

/// <summary>
/// Trains each model once: policies that train the same recipe on the same rows share it. Training is nearly all the
/// time of a backtest.
/// </summary>
internal sealed class TrainedModels(LabelledStream stream, StreamWindows windows, bool[] labelled, Learner learner)
    : IDisposable
{
    private readonly Dictionary<string, TrainedModel> models = [];
    private readonly RowAges ages = new(windows.Initial, 2L * windows.Length);

    /// <summary>The model of the initial rows.</summary>
    public TrainedModel First() => Get("first", windows.Initial, First(windows.Initial));

    /// <summary>The model of the first rows of the initial ones, which is scored on the others.</summary>
    public TrainedModel Reference(int rows) => Get($"reference@{rows}", rows, First(rows));

    /// <summary>The rows that a recipe would train on; null if there are too few labels for it.</summary>
    /// <param name="end">The labels of the rows before this one are known.</param>
    /// <param name="previous">The recipe's model so far.</param>
    public IReadOnlyList<(int Row, float Weight)>? Rows(Recipe recipe, int end, TrainedModel previous)
    {
        int[] rows = [.. Enumerable.Range(0, end).Where(row => labelled[row])];
        var weights = ages.Weights(recipe.Rows, [.. rows.Select(row => end - 1L - row)], end - previous.End);
        return weights is null ? null : [.. rows.Zip(weights).Where(one => one.Second > 0)];
    }

    /// <summary>Trains a recipe on the rows that <see cref="Rows"/> gave.</summary>
    public TrainedModel Train(
        Recipe recipe,
        int end,
        TrainedModel previous,
        IReadOnlyList<(int Row, float Weight)> rows
    )
    {
        var continues = recipe.Rows == RecipeRows.SinceLastTraining;
        var key = $"{(continues ? previous.Key + " " : "")}{recipe.Name}@{end}";
        return Get(key, end, rows, continues ? previous.Booster : null);
    }

    public void Dispose()
    {
        foreach (var model in models.Values)
        {
            model.Booster.Dispose();
        }
    }

    private static (int, float)[] First(int rows) => [.. Enumerable.Range(0, rows).Select(row => (row, 1f))];

    private TrainedModel Get(string key, int end, IReadOnlyList<(int, float)> rows, Booster? previous = null)
    {
        if (!models.TryGetValue(key, out var model))
        {
            model = new TrainedModel(key, learner.Train(stream, rows, previous), end);
            models.Add(key, model);
        }
        return model;
    }
}
