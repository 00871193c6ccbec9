using Plumbline.XGBoost;

namespace Plumbline.Backtest.Models;

/// <summary>A model of a backtest.</summary>
/// <param name="Key">Names the recipe and all trainings behind it, so that equal keys are equal models.</param>
/// <param name="Booster">The trained trees.</param>
/// <param name="End">The first row of the stream that was not known at its training.</param>
internal sealed record TrainedModel(string Key, Booster Booster, int End);
