using Plumbline.Records.Monitoring;
using Plumbline.Records.Recipes;

namespace Plumbline.Backtest.Projects;

/// <summary>A played window, and the training after it.</summary>
public sealed record ReplayedWindow
{
    /// <summary>The class index or the number that each row was answered with.</summary>
    public required IReadOnlyList<double> Answers { get; init; }

    /// <summary>The true class index or number of each row.</summary>
    public required IReadOnlyList<double> Truths { get; init; }

    /// <summary>The monitor's report at its end; null while no labels have come.</summary>
    public required MonitorReport? Report { get; init; }

    /// <summary>The labels that came at its end.</summary>
    public required int NewLabels { get; init; }

    /// <summary>The reason for the training after it; null if none was started.</summary>
    public TrainingDue? Due { get; init; }

    /// <summary>The kind of that training; null if none was started.</summary>
    public TrainingKind? Kind { get; init; }

    /// <summary>The candidate that was deployed after it; <c>none</c> kept production, null without a training.</summary>
    public string? Recommended { get; init; }

    /// <summary>The comparison's reason; empty without a training.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The parts of the blend; null without a training or without recipes.</summary>
    public BlendReport? Blend { get; init; }

    /// <summary>The rows that each candidate and recipe learned.</summary>
    public IReadOnlyDictionary<string, int> TrainedRows { get; init; } = new Dictionary<string, int>();

    /// <summary>The rows with a right answer, in a classification.</summary>
    public int Right => Answers.Zip(Truths).Count(one => one.First == one.Second);
}
