using Plumbline.Records.Recipes;

namespace Plumbline.Backtest.Policies;

/// <summary>Makes a policy from the names of its recipes.</summary>
public static class RecipeNames
{
    /// <summary>The names that are known.</summary>
    public static IReadOnlyList<string> Known { get; } =
    [.. BacktestPolicy.Blend.Recipes.Select(one => one.Recipe.Name), Recipe.Old.Name];

    /// <summary>A blend of recipes, trained as in production.</summary>
    /// <param name="name">The name of the policy.</param>
    /// <param name="recipes">Names of <see cref="Known"/>.</param>
    /// <param name="threshold">
    /// The share of right answers under which each recipe is trained, as on an alarm; with one recipe, the only reason to
    /// train. Null without.
    /// </param>
    /// <param name="budget">US dollars; null without a limit.</param>
    public static BacktestPolicy Policy(
        string name,
        IReadOnlyList<string> recipes,
        double? threshold = null,
        decimal? budget = null
    ) => new(name, [.. recipes.Select(recipe => Of(recipe, threshold, recipes.Count == 1))]) { Budget = budget };

    private static PolicyRecipe Of(string name, double? threshold, bool isAlone)
    {
        var usual =
            BacktestPolicy.Blend.Recipes.FirstOrDefault(one => one.Recipe.Name == name)
            ?? new PolicyRecipe(Recipe.Old, _ => new EveryDelivery());
        if (usual.Recipe.Rows == RecipeRows.None || threshold is null)
        {
            // One recipe alone follows the labels as they come.
            return isAlone && usual.Recipe.Rows != RecipeRows.None
                ? usual with
                {
                    Trigger = _ => new EveryDelivery(),
                }
                : usual;
        }
        var below = threshold.Value;
        return isAlone
            ? usual with
            {
                Trigger = _ => new BelowThreshold(below),
            }
            : usual with
            {
                Trigger = rows => new AnyTrigger(usual.Trigger(rows), new BelowThreshold(below)),
            };
    }
}
