using Plumbline.Backtest.Models;
using Plumbline.Backtest.Policies;
using Plumbline.Backtest.Streams;
using Plumbline.Records.Recipes;

namespace Plumbline.Backtest;

/// <summary>One policy over one stream.</summary>
internal sealed class PolicyRun
{
    private readonly LabelledStream stream;
    private readonly StreamWindows windows;
    private readonly bool[] labelled;
    private readonly int delay;
    private readonly TrainedModels models;
    private readonly string name;
    private readonly RecipeState[] recipes;
    private readonly List<JudgedWindow> judged = [];
    private readonly List<int> right = [];
    private double[] weights;
    private int trainings;
    private long trainedRows;
    private long alwaysRows;

    public PolicyRun(
        LabelledStream stream,
        StreamWindows windows,
        bool[] labelled,
        int delay,
        TrainedModels models,
        BacktestPolicy policy
    )
    {
        this.stream = stream;
        this.windows = windows;
        this.labelled = labelled;
        this.delay = delay;
        this.models = models;
        name = policy.Name;
        var first = models.First();
        recipes = [.. policy.Recipes.Select(one => new RecipeState(one.Recipe, one.Trigger(windows.Initial), first))];
        weights = Weights();
    }

    public PolicyResult Play()
    {
        for (var window = 0; window < windows.Count; window++)
        {
            Serve(window);
            // The labels of the last window change nothing.
            if (window >= delay && window < windows.Count - 1)
            {
                Learn(window - delay);
            }
        }
        return new PolicyResult
        {
            Policy = name,
            Rows = [.. Enumerable.Range(0, windows.Count).Select(windows.Rows).Select(rows => rows.To - rows.From)],
            Right = right,
            Trainings = trainings,
            TrainedRows = trainedRows,
            AlwaysRows = alwaysRows,
        };
    }

    private void Serve(int window)
    {
        var (from, to) = windows.Rows(window);
        var perRow = stream.MarginsPerRow;
        using var rows = stream.Matrix(from, to);
        var own = Array.ConvertAll(recipes, recipe => recipe.Model.Booster.Predict(rows, margin: true));
        // This is the answer of the merged booster (BoosterBlend), without merging one for each window.
        var blend = new float[own[0].Length];
        for (var i = 0; i < blend.Length; i++)
        {
            var recipe = i;
            blend[i] = (float)weights.Select((weight, one) => weight * own[one][recipe]).Sum();
        }
        bool[] isRight =
        [
            .. Enumerable
                .Range(0, to - from)
                .Select(row => LikeliestClass.Of(blend, row, perRow) == stream.Truth(from + row)),
        ];
        right.Add(isRight.Count(one => one));
        int[] known = [.. Enumerable.Range(0, to - from).Where(row => labelled[from + row])];
        judged.Add(
            new JudgedWindow(
                [.. recipes.Zip(own, (recipe, margins) => Losses(recipe, margins, from, known))],
                [.. known.Select(row => isRight[row])]
            )
        );
    }

    private double[] Losses(RecipeState recipe, float[] margins, int from, int[] known)
    {
        var perRow = stream.MarginsPerRow;
        return Array.ConvertAll(
            known,
            row =>
                !recipe.Serves ? double.NaN
                : perRow == 1 ? TruthLoss.OfLogOdds(margins[row], stream.Truth(from + row))
                : TruthLoss.OfMargins(margins.AsSpan(row * perRow, perRow), stream.Truth(from + row))
        );
    }

    /// <param name="newest">The newest window whose labels have come.</param>
    private void Learn(int newest)
    {
        var end = windows.Rows(newest).To;
        var labels = new ArrivedLabels(judged[newest].Right, labelled.Take(end).Count(known => known));
        alwaysRows += labels.Labelled;
        foreach (var recipe in recipes)
        {
            if (recipe.Trigger.Note(labels) && models.Train(recipe.Recipe, end, recipe.Model) is { } model)
            {
                recipe.Take(model);
                recipe.Trigger.Restart(labels.Labelled);
                trainings++;
                trainedRows += model.Rows;
            }
        }
        weights = Weights(judged[..(newest + 1)]);
    }

    private double[] Weights(params List<JudgedWindow> seen)
    {
        // Until a recipe has a model of its own, the first model serves.
        if (!recipes.Any(recipe => recipe.Serves))
        {
            return [1, .. recipes.Skip(1).Select(_ => 0.0)];
        }
        double[] ages = [.. seen.SelectMany((window, i) => window.Right.Select(_ => (double)(seen.Count - 1 - i)))];
        return BlendWeights.Of(
            [.. recipes.Select((_, recipe) => (double[])[.. seen.SelectMany(window => window.Losses[recipe])])],
            ages,
            [.. recipes.Select(recipe => recipe.Serves ? recipe.Recipe.Prior : 0)]
        );
    }
}
