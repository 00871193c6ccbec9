namespace Plumbline.Records.Quality;

/// <summary>Makes the metric that a project measures.</summary>
public static class Metrics
{
    /// <summary>A probability of zero for the truth would make the log loss infinite; as in scikit-learn.</summary>
    private const double LeastProbability = 1.1920929e-07;

    /// <param name="name">A name that <see cref="MetricKind.Find"/> knows.</param>
    /// <param name="labels">The project's labels; empty in a regression.</param>
    /// <param name="cost">The costs of <c>quality.cost</c>; null without.</param>
    /// <param name="task">The task, of which some names have a metric of their own.</param>
    public static QualityMetric Of(
        string name,
        IReadOnlyList<string> labels,
        CostMatrix? cost = null,
        TaskKind? task = null
    )
    {
        var kind = MetricKind.Of(name, task);
        if (kind.Task == TaskKind.MultiLabel)
            return new LabelSetMetric(kind, labels.Count);
        if (kind.Task == TaskKind.Custom)
            return new OwnMetric(kind);
        if (kind.Label is { } label)
        {
            var positive = labels.ToList().IndexOf(label);
            return new CountedMetric(kind, labels.Count, counts => counts.F1(positive));
        }
        return name switch
        {
            "balanced_accuracy" => new CountedMetric(kind, labels.Count, counts => counts.BalancedAccuracy()),
            "f1_macro" => new CountedMetric(kind, labels.Count, counts => counts.MacroF1()),
            "auc" => new AreaUnderCurve(kind),
            "log_loss" => new MeanLoss(kind) { OfRow = LogLoss, OfProbabilities = true },
            "cost" => new MeanLoss(kind) { OfRow = row => cost!.Of(row) },
            "rmse" => new MeanLoss(kind) { OfRow = Square, OfMean = Math.Sqrt },
            MetricKind.MeanAbsoluteError => new MeanLoss(kind) { OfRow = Absolute, Best = Median },
            "mape" => new MeanLoss(kind) { OfRow = Relative, Best = Median },
            "r2" => new RSquared(kind),
            _ => new CountedMetric(kind, labels.Count, counts => counts.Accuracy()),
        };
    }

    private static double LogLoss(JudgedRow row) =>
        -Math.Log(Math.Clamp(row.OfTruth, LeastProbability, 1 - LeastProbability));

    private static double Absolute(JudgedRow row) => Math.Abs(row.Actual - row.Predicted);

    private static double Square(JudgedRow row) => (row.Actual - row.Predicted) * (row.Actual - row.Predicted);

    /// <summary>NaN for a truth of 0, of which no error is a percentage.</summary>
    private static double Relative(JudgedRow row) =>
        row.Actual == 0 ? double.NaN : Absolute(row) / Math.Abs(row.Actual);

    private static double Median(double[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}
