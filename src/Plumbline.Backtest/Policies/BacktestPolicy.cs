using Plumbline.Records.Recipes;

namespace Plumbline.Backtest.Policies;

/// <summary>When to train which recipes, and how to serve them.</summary>
/// <param name="Name">The name in the report.</param>
/// <param name="Recipes">The recipes with their triggers.</param>
public sealed record BacktestPolicy(string Name, IReadOnlyList<PolicyRecipe> Recipes)
{
    /// <summary>The way from the recipes' models to the served one.</summary>
    public Serving Serving { get; init; } = Serving.Blend;

    /// <summary>
    /// The US dollars that retrainings may cost: in a month where the times of the rows are known, else in all. Null
    /// without a limit.
    /// </summary>
    public decimal? Budget { get; init; }

    /// <summary>The first model stays.</summary>
    public static BacktestPolicy Never { get; } = new("never", [new(Recipe.First, _ => new AnyTrigger())]);

    /// <summary>Trains on all rows whenever labels come in.</summary>
    public static BacktestPolicy Always { get; } = Each("always", Recipe.New);

    /// <summary>
    /// The policies that train one recipe whenever labels come in. The best of them is known in hindsight only.
    /// </summary>
    public static IReadOnlyList<BacktestPolicy> Singles { get; } =
    [Always, Each("always, decay", Recipe.Decay), Each("always, recent", Recipe.Recent)];

    /// <summary>The blend of the recipes as production trains them: see <see cref="BlendRecipes"/>.</summary>
    public static BacktestPolicy Blend { get; } = new("blend", new BlendRecipes().All());

    /// <summary>The blend of all recipes from scratch, trained whenever labels come in: the dearest and most accurate.</summary>
    public static BacktestPolicy BlendAlways { get; } =
        new(
            "blend, always",
            [
                new(Recipe.First with { Prior = 1 }, _ => new AnyTrigger()),
                new(Recipe.New, _ => new EveryDelivery()),
                new(Recipe.Decay, _ => new EveryDelivery()),
                new(Recipe.Recent, _ => new EveryDelivery()),
            ]
        );

    /// <summary>Trains on all rows when the share of right answers on the newest labels is under a threshold.</summary>
    public static BacktestPolicy Alarm(double threshold) =>
        new("alarm", [new(Recipe.New, _ => new BelowThreshold(threshold))]);

    private static BacktestPolicy Each(string name, Recipe recipe) =>
        new(name, [new(recipe, _ => new EveryDelivery())]);
}
