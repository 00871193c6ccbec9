using Plumbline.Records.Recipes;

namespace Plumbline.Backtest.Policies;

/// <summary>A recipe and the rule that says when to train it.</summary>
/// <param name="Trigger">Makes a fresh trigger; it is given the number of rows that the first model has learned from.</param>
public sealed record PolicyRecipe(Recipe Recipe, Func<long, ITrainingTrigger> Trigger);
