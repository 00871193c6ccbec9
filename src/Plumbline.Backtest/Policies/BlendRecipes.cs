using Plumbline.Records.Recipes;

namespace Plumbline.Backtest.Policies;

/// <summary>
/// The recipes of a blend with their triggers. The newest rows are few, so their model is trained whenever labels come in.
/// The two models of all rows take turns: one is trained each time the accuracy drops or the labels have grown, twice
/// <c>new</c> and once <c>decay</c>. With few labels, trainings are cheap: then all recipes are trained each time.
/// </summary>
public sealed record BlendRecipes
{
    /// <summary>The growth of the labelled rows at which a recipe is trained on all of them.</summary>
    public const double Growth = 0.07;

    /// <summary>A drop of the accuracy starts a training.</summary>
    public bool OnDrop { get; init; } = true;

    /// <summary>The growth of the labels starts a training.</summary>
    public bool OnGrowth { get; init; } = true;

    /// <summary>Few labels train all recipes.</summary>
    public bool OnFewLabels { get; init; } = true;

    /// <summary>The recipes of all rows take turns; else each is trained whenever its trigger fires.</summary>
    public bool TakeTurns { get; init; } = true;

    /// <summary>All recipes of the blend.</summary>
    public IReadOnlyList<PolicyRecipe> All() =>
        [
            new(Recipe.First, _ => new AnyTrigger()),
            new(Recipe.New, labelled => OfAllRows(labelled, true, false, true)),
            new(Recipe.Decay, labelled => OfAllRows(labelled, false, true, false)),
            new(Recipe.Recent, _ => new EveryDelivery()),
        ];

    private AnyTrigger OfAllRows(long labelled, params IReadOnlyList<bool> turns)
    {
        var trigger = new AnyTrigger([
            .. OnDrop ? [new AccuracyDrop()] : Array.Empty<ITrainingTrigger>(),
            .. OnGrowth ? [new LabelGrowth(Growth, labelled)] : Array.Empty<ITrainingTrigger>(),
        ]);
        return new AnyTrigger([
            TakeTurns ? new Turns(trigger, turns) : trigger,
            .. OnFewLabels ? [new FewLabels()] : Array.Empty<ITrainingTrigger>(),
        ]);
    }
}
