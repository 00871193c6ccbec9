using Plumbline.XGBoost;

namespace Plumbline.Jobs.Train;

/// <summary>Boosts round by round: evaluates, prints, keeps checkpoints, stops early or when told to.</summary>
internal sealed class Rounds(
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

    /// <summary>Goes on until the model has so many rounds, or enough of them; false where it was told to stop.</summary>
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

    /// <summary>The model up to its best round, where it stopped early after that; null where all rounds are to stay.</summary>
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
            DrawAnew();
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

    // The library seeds its generator for each round, but its tree builder takes from it only when it is made, and draws
    // columns from one of its own that is never saved. A change of tree method makes it build a new one.
    private void DrawAnew()
    {
        var method = hyperparameters.Given.GetValueOrDefault("tree_method", "auto");
        booster.SetParameters([new("tree_method", method == "approx" ? "hist" : "approx")]);
        booster.Configure();
        booster.SetParameters([new("tree_method", method)]);
    }
}
