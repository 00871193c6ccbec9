using Plumbline.Backtest.Streams;
using Plumbline.Records.Recipes;
using Plumbline.XGBoost;

namespace Plumbline.Backtest.Models;

/// <summary>Trains XGBoost models on rows of a stream.</summary>
/// <param name="Parameters">XGBoost's parameters, the objective included.</param>
/// <param name="Rounds">The rounds of a model from scratch.</param>
/// <param name="AddedRounds">The rounds that continue a model.</param>
public sealed record Learner(
    IReadOnlyList<KeyValuePair<string, string>> Parameters,
    int Rounds = 50,
    int AddedRounds = 20
)
{
    /// <summary>XGBoost's defaults with the hist method, on one thread: the same rows give the same model.</summary>
    public static Learner For(LabelledStream stream) =>
        new([
            new("max_depth", "6"),
            new("eta", "0.3"),
            new("tree_method", "hist"),
            new("max_bin", "256"),
            new("seed", "42"),
            new("nthread", "1"),
            .. stream.Classes switch
            {
                0 => (KeyValuePair<string, string>[])[new("objective", "reg:squarederror")],
                2 => [new("objective", "binary:logistic")],
                _ => [new("objective", "multi:softprob"), new("num_class", $"{stream.Classes}")],
            },
        ]);

    /// <summary>The rounds of a training of a recipe.</summary>
    internal int RoundsOf(Recipe recipe) => recipe.Rows == RecipeRows.SinceLastTraining ? AddedRounds : Rounds;

    /// <param name="rows">The rows to train on, with their weights.</param>
    /// <param name="previous">The model to continue; null trains from scratch.</param>
    internal Booster Train(LabelledStream stream, IReadOnlyList<(int Row, float Weight)> rows, Booster? previous)
    {
        using var matrix = stream.Matrix(rows);
        var booster = previous is null ? Booster.Create(Parameters, matrix) : Booster.Load(previous.Save());
        booster.SetParameters(Parameters);
        var start = booster.Rounds;
        for (var round = 0; round < (previous is null ? Rounds : AddedRounds); round++)
        {
            booster.Update(start + round, matrix);
        }
        return booster;
    }
}
