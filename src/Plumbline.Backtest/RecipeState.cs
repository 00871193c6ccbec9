using Plumbline.Backtest.Models;
using Plumbline.Records.Recipes;

namespace Plumbline.Backtest;

/// <summary>A recipe during a run.</summary>
internal sealed class RecipeState(Recipe recipe, ITrainingTrigger trigger, TrainedModel first)
{
    public Recipe Recipe => recipe;

    public ITrainingTrigger Trigger => trigger;

    /// <summary>The newest model; at first the first model of the stream.</summary>
    public TrainedModel Model { get; private set; } = first;

    /// <summary>True if it takes part in the blend: it has a model of its own.</summary>
    public bool Serves { get; private set; } = recipe.Rows == RecipeRows.None;

    public void Take(TrainedModel model)
    {
        Model = model;
        Serves = true;
    }
}
