using Plumbline.Backtest.Costs;
using Plumbline.Backtest.Models;
using Plumbline.Backtest.Policies;
using Plumbline.Backtest.Streams;
using Plumbline.Records.Backtests;
using Plumbline.Records.Recipes;

namespace Plumbline.Backtest;

/// <summary>One policy over one stream.</summary>
internal sealed class PolicyRun
{
    private readonly PlayedStream played;
    private readonly BacktestPolicy policy;
    private readonly RecipeState[] recipes;
    private readonly Spending spending;
    private readonly List<JudgedWindow> judged = [];
    private readonly List<double> sums = [];
    private readonly List<IReadOnlyList<double>> weights = [];
    private readonly List<IReadOnlyList<string>> trained = [];
    private ServedModel served;
    private ServedModel newest;
    private int leader;
    private int trainings;
    private long trainedRows;
    private long alwaysRows;
    private int deployments;

    public PolicyRun(PlayedStream played, BacktestPolicy policy)
    {
        this.played = played;
        this.policy = policy;
        spending = new Spending(played.Price, played.Stream.Columns, policy.Budget);
        var first = played.Models.First();
        recipes =
        [
            .. policy.Recipes.Select(one => new RecipeState(one.Recipe, one.Trigger(played.Windows.Initial), first)),
        ];
        served = newest = new ServedModel([.. recipes.Select(one => one.Model)], Weights([]));
    }

    public PolicyResult Play()
    {
        var windows = played.Windows;
        for (var window = 0; window < windows.Count; window++)
        {
            Serve(window);
            trained.Add([]);
            // The labels of the last window change nothing.
            if (window >= played.Delay && window < windows.Count - 1)
            {
                Learn(window, window - played.Delay);
            }
        }
        return new PolicyResult
        {
            Policy = policy.Name,
            Metric = played.Metric,
            Rows = [.. Enumerable.Range(0, windows.Count).Select(windows.Rows).Select(rows => rows.To - rows.From)],
            Sums = sums,
            Trainings = trainings,
            TrainedRows = trainedRows,
            AlwaysRows = alwaysRows,
            Deployments = deployments,
            Dollars = spending.Dollars,
            Refused = spending.Refused,
            Labels = trainings == 0 ? 0 : judged.Sum(window => (long)window.Right.Length),
            Recipes = [.. recipes.Select(one => one.Recipe.Name)],
            Weights = weights,
            Trained = trained,
        };
    }

    private void Serve(int window)
    {
        var (from, to) = played.Windows.Rows(window);
        var judge = played.Judge;
        using var rows = played.Stream.Matrix(from, to);
        // The newest models are judged, served or not.
        var own = newest.Margins(rows);
        var answers = ReferenceEquals(served, newest) ? newest.Blend(own) : served.Blend(served.Margins(rows));
        sums.Add(Enumerable.Range(0, to - from).Sum(row => played.Measure(judge.Answer(answers, row), from + row)));
        weights.Add(served.Weights);
        int[] known = [.. Enumerable.Range(0, to - from).Where(row => played.Labelled[from + row])];
        judged.Add(
            new JudgedWindow(
                [.. recipes.Zip(own, (recipe, margins) => Losses(recipe, margins, from, known))],
                [.. own.Select(margins => known.Count(row => judge.IsRight(margins, row, from + row)))],
                [.. known.Select(row => judge.IsRight(answers, row, from + row))]
            )
        );
    }

    private double[] Losses(RecipeState recipe, float[] margins, int from, int[] known) =>
        Array.ConvertAll(known, row => recipe.Serves ? played.Judge.Loss(margins, row, from + row) : double.NaN);

    /// <param name="at">The window after which the labels come.</param>
    /// <param name="window">The newest window whose labels have come.</param>
    private void Learn(int at, int window)
    {
        var end = played.Windows.Rows(window).To;
        var labels = new ArrivedLabels(judged[window].Right, played.LabelledBefore(end));
        alwaysRows += labels.Labelled;
        var before = newest;
        var names = new List<string>();
        spending.Begin(played.TimeAfter(at));
        foreach (var recipe in recipes)
        {
            if (
                recipe.Trigger.Note(labels)
                && played.Models.Rows(recipe.Recipe, end, recipe.Model) is { } rows
                && spending.TryTrain(rows.Count, played.Learner.RoundsOf(recipe.Recipe))
            )
            {
                recipe.Take(played.Models.Train(recipe.Recipe, end, recipe.Model, rows));
                recipe.Trigger.Restart(labels.Labelled);
                names.Add(recipe.Recipe.Name);
                trainings++;
                trainedRows += rows.Count;
            }
        }
        trained[^1] = names;
        newest = new ServedModel([.. recipes.Select(one => one.Model)], Weights(judged[..(window + 1)]));
        if (policy.Serving == Serving.ProvenBlend && !played.IsProven(before, served, window))
        {
            return;
        }
        deployments += newest.Equals(served) ? 0 : 1;
        served = newest;
    }

    private double[] Weights(List<JudgedWindow> seen)
    {
        // Until a recipe has a model of its own, the first model serves.
        if (!recipes.Any(recipe => recipe.Serves))
        {
            return [1, .. recipes.Skip(1).Select(_ => 0.0)];
        }
        double[] priors = [.. recipes.Select(recipe => recipe.Serves ? recipe.Recipe.Prior : 0)];
        switch (policy.Serving)
        {
            case Serving.EqualBlend:
                return [.. priors.Select(prior => prior > 0 ? 1.0 / priors.Count(one => one > 0) : 0)];
            case Serving.Leader:
                leader = LeadingRecipe.Of([.. recipes.Select((_, one) => RightOf(seen, one))], leader);
                return [.. recipes.Select((_, one) => one == leader ? 1.0 : 0)];
        }
        double[] ages = [.. seen.SelectMany((window, i) => window.Right.Select(_ => (double)(seen.Count - 1 - i)))];
        return BlendWeights.Of(
            played.Losses([
                .. recipes.Select((_, one) => (double[])[.. seen.SelectMany(window => window.Losses[one])]),
            ]),
            ages,
            priors
        );
    }

    /// <summary>The rows of each window on which a recipe was right; one without a model of its own cannot lead.</summary>
    private int[] RightOf(List<JudgedWindow> seen, int recipe) =>
        [.. seen.Select(window => recipes[recipe].Serves ? window.RightOf[recipe] : 0)];
}
