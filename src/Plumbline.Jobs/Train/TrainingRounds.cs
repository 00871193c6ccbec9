using System.Globalization;
using Plumbline.XGBoost;

namespace Plumbline.Jobs.Train;

/// <summary>Boosts round by round: evaluates, prints, writes checkpoints, and stops early or on a signal.</summary>
internal sealed class TrainingRounds(
    Booster booster,
    Hyperparameters hyperparameters,
    TrainingData data,
    Checkpoints checkpoints,
    TextWriter output
)
{
    private readonly EarlyStopping? early = hyperparameters.EarlyStoppingRounds is { } patience
        ? new EarlyStopping(booster, patience, hyperparameters.StoppingMetric)
        : null;

    /// <summary>The metrics of the last round; null before the first.</summary>
    public EvaluationLine? Last { get; private set; }

    /// <summary>
    /// Boosts until the model has <paramref name="end"/> rounds or early stopping ends it. Returns false if the job was
    /// told to stop.
    /// </summary>
    public bool Run(int end, CancellationToken stop)
    {
        var made = booster.Rounds;
        while (made < end && early?.IsEnoughAfter(made) != true)
        {
            if (stop.IsCancellationRequested)
            {
                return false;
            }
            Boost(made);
            made++;
            if (made % hyperparameters.CheckpointInterval == 0 && made < end && checkpoints.Wanted)
            {
                checkpoints.Write(booster);
            }
        }
        return true;
    }

    /// <summary>Returns the model up to its best round if it has later rounds; null if all rounds stay.</summary>
    public Booster? Best()
    {
        // A linear model has no trees to cut off.
        var isLinear = hyperparameters.Given.GetValueOrDefault("booster") == "gblinear";
        if (early is null || isLinear || early.Best < 0 || early.Best + 1 >= booster.Rounds)
        {
            return null;
        }
        var best = booster.FirstRounds(early.Best + 1);
        best.SetParameters(hyperparameters.ForLibrary());
        Last = Evaluate(best, early.Best);
        output.WriteLine($"the best round was {early.Best}");
        return best;
    }

    private void Boost(int round)
    {
        if (hyperparameters.SeedPerIteration && hyperparameters.Draws)
        {
            DrawAnew(round);
        }
        booster.Update(round, data.Train);
        Last = Evaluate(booster, round);
        output.WriteLine(Last);
        early?.Note(Last);
    }

    private EvaluationLine Evaluate(Booster model, int round)
    {
        var line = EvaluationLine.Parse(round, model.Evaluate(round, data.Sets));
        return hyperparameters.ContainerMetrics.Count == 0
            ? line
            : line.With(ContainerMetrics.Compute(model, data.Sets, hyperparameters.ContainerMetrics));
    }

    // The library seeds its generator for each round, but its tree builder is seeded only once, when it is created; it
    // samples columns with a generator of its own that is never saved. A change of tree method forces a new tree
    // builder, which knows only the parameters that are set after it: the others would have the library's defaults. A
    // builder of approx takes its seed before the round's: a changed seed is taken up first of all.
    private void DrawAnew(int round)
    {
        var method = hyperparameters.Given.GetValueOrDefault("tree_method", "auto");
        booster.SetParameters([new("tree_method", method == "approx" ? "hist" : "approx")]);
        booster.Configure();
        var seed = (hyperparameters.Seed + round + 1) % int.MaxValue;
        booster.SetParameters([
            .. hyperparameters.ForLibrary(),
            new("tree_method", method),
            new("seed", seed.ToString(CultureInfo.InvariantCulture)),
        ]);
    }
}
