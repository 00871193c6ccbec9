using Plumbline.Records.Recipes;

namespace Plumbline.Backtest.Policies;

/// <summary>The blend with one rule off at a time: it shows what each rule is worth.</summary>
public static class Ablations
{
    private static readonly BlendRecipes Usual = new();

    /// <summary>The blend itself, and then the blend without each of its rules.</summary>
    /// <param name="threshold">The share of right answers at which an alarm sounds.</param>
    public static IReadOnlyList<BacktestPolicy> All(double threshold) =>
        [
            BacktestPolicy.Blend,
            Without(Recipe.First),
            Without(Recipe.New),
            Without(Recipe.Decay),
            Without(Recipe.Recent),
            new("equal weights", Usual.All()) { Serving = Serving.EqualBlend },
            new("leader instead of a blend", Usual.All()) { Serving = Serving.Leader },
            new("burden of proof on the candidate", Usual.All()) { Serving = Serving.ProvenBlend },
            new(
                "`first` with the share of the others",
                [.. Usual.All().Select(one => one with { Recipe = one.Recipe with { Prior = 1 } })]
            ),
            new("no change detector", (Usual with { OnDrop = false }).All()),
            new("no growth of labels", (Usual with { OnGrowth = false }).All()),
            new("few labels train no more than many", (Usual with { OnFewLabels = false }).All()),
            new("both recipes of all rows each time", (Usual with { TakeTurns = false }).All()),
            new(
                "the alarm's threshold as the only trigger",
                [
                    .. Usual
                        .All()
                        .Select(one =>
                            one.Recipe.Rows == RecipeRows.None
                                ? one
                                : one with
                                {
                                    Trigger = _ => new BelowThreshold(threshold),
                                }
                        ),
                ]
            ),
        ];

    private static BacktestPolicy Without(Recipe recipe) =>
        new($"without `{recipe.Name}`", [.. Usual.All().Where(one => one.Recipe != recipe)]);
}
