using Plumbline.Records.Quality;

namespace Plumbline.Records.Backtests;

/// <summary>The result of a policy over a stream.</summary>
public sealed record PolicyResult
{
    /// <summary>The name of the policy that was played.</summary>
    public required string Policy { get; init; }

    /// <summary>The metric: <c>accuracy</c>, <c>rmse</c> or <c>mae</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>The served rows of each window.</summary>
    public required IReadOnlyList<int> Rows { get; init; }

    /// <summary>
    /// Of each window: the rows on which the served model was right, or the sum of the absolute or squared errors.
    /// </summary>
    public required IReadOnlyList<double> Sums { get; init; }

    /// <summary>The trainings after the first model's.</summary>
    public required int Trainings { get; init; }

    /// <summary>The sum of their rows.</summary>
    public required long TrainedRows { get; init; }

    /// <summary>The rows that training on all labels at every delivery would have had.</summary>
    public required long AlwaysRows { get; init; }

    /// <summary>How often a new model was served after the first.</summary>
    public required int Deployments { get; init; }

    /// <summary>The US dollars of all retrainings on AWS; null if the price of the instance is unknown.</summary>
    public decimal? Dollars { get; init; }

    /// <summary>The trainings that the budget refused.</summary>
    public int Refused { get; init; }

    /// <summary>The labels that the policy used.</summary>
    public required long Labels { get; init; }

    /// <summary>The recipes of the policy.</summary>
    public required IReadOnlyList<string> Recipes { get; init; }

    /// <summary>For each window, the weight of each recipe in the served model.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Weights { get; init; }

    /// <summary>For each window, the recipes that were trained after it.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Trained { get; init; }

    /// <summary>The metric over all served rows.</summary>
    public double Figure => FigureOf(Sums.Sum(), Rows.Sum());

    /// <summary>The metric in each window.</summary>
    public IReadOnlyList<double> FigureByWindow => [.. Sums.Zip(Rows, (sum, rows) => FigureOf(sum, rows))];

    /// <summary>The trained rows relative to training on all labels at every delivery.</summary>
    public double RowShare => AlwaysRows == 0 ? 0 : TrainedRows / (double)AlwaysRows;

    /// <summary>The metric's direction and name.</summary>
    public MetricKind Kind() => MetricKind.Of(Metric);

    /// <summary>The worst window's figure.</summary>
    public double Worst() => Kind().HigherIsBetter ? FigureByWindow.Min() : FigureByWindow.Max();

    private double FigureOf(double sum, long rows) => Metric == "rmse" ? Math.Sqrt(sum / rows) : sum / rows;
}
