using Plumbline.Records.Recipes;

namespace Plumbline.Backtest.Policies;

/// <summary>When to train which recipes. The served model is their blend.</summary>
/// <param name="Name">The name in the report.</param>
/// <param name="Recipes">The recipes with their triggers.</param>
public sealed record BacktestPolicy(string Name, IReadOnlyList<PolicyRecipe> Recipes)
{
    /// <summary>The growth of the labelled rows at which <see cref="Blend"/> trains on all of them.</summary>
    public const double Growth = 0.07;

    /// <summary>The first model stays.</summary>
    public static BacktestPolicy Never { get; } = new("never", [new(Recipe.First, _ => new AnyTrigger())]);

    /// <summary>Trains on all rows whenever labels come in.</summary>
    public static BacktestPolicy Always { get; } = new("always", [new(Recipe.New, _ => new EveryDelivery())]);

    /// <summary>
    /// The blend of the first model, one of all rows and one of the newest rows. The newest rows are few, so their model
    /// is trained whenever labels come in; the model of all rows when the accuracy drops or the labels have grown. With
    /// few labels, trainings are cheap: then all recipes are trained each time.
    /// </summary>
    public static BacktestPolicy Blend { get; } =
        new(
            "blend",
            [
                new(Recipe.First, _ => new AnyTrigger()),
                new(
                    Recipe.New,
                    labelled => new AnyTrigger(new AccuracyDrop(), new LabelGrowth(Growth, labelled), new FewLabels())
                ),
                new(Recipe.Decay, _ => new FewLabels()),
                new(Recipe.Recent, _ => new EveryDelivery()),
            ]
        );

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

    /// <summary>Trains on all rows when the accuracy on the newest labels is under a threshold.</summary>
    public static BacktestPolicy Alarm(double threshold) =>
        new("alarm", [new(Recipe.New, _ => new BelowThreshold(threshold))]);
}
