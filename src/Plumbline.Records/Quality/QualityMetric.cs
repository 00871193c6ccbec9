using Plumbline.Records.Statistics;

namespace Plumbline.Records.Quality;

/// <summary>Computes a metric over rows, with a 95 % interval that is always the same for the same rows.</summary>
public abstract class QualityMetric(MetricKind kind)
{
    /// <summary>The name, the direction and the unit.</summary>
    public MetricKind Kind { get; } = kind;

    /// <summary>True if it needs the probability of the true class, or of class 1.</summary>
    public virtual bool NeedsProbabilities => false;

    /// <summary>True for a share of the rows, whose loss is 0 or 1.</summary>
    public virtual bool IsShareOfRows => false;

    /// <summary>
    /// The loss of one row: less is better. It is 0 or 1 in a classification without probabilities or costs, and an
    /// error in a regression.
    /// </summary>
    public abstract double Loss(in JudgedRow row);

    /// <summary>The metric of rows with its interval and baseline; null if it is not defined for the rows.</summary>
    public Figure? FigureOf(IReadOnlyList<JudgedRow> rows) =>
        rows.Count == 0 || Measure(rows) is not { Value: not double.NaN } figure
            ? null
            : new Figure(Kind.Name, figure.Value, figure.Lower, figure.Upper, Baseline(rows));

    /// <summary>The metric of rows with its interval; NaN if it is not defined for the rows.</summary>
    public virtual Interval Measure(IReadOnlyList<JudgedRow> rows) => Bootstrap.Of(rows.Count, Over([.. rows]));

    /// <summary>
    /// The metric of a model that knows the truths' distribution alone: it always answers the most frequent class, or
    /// the best constant. Null without rows.
    /// </summary>
    public double? Baseline(IReadOnlyList<JudgedRow> rows)
    {
        if (rows.Count == 0 || BestGuess(rows) is not { } guess)
            return null;
        var value = Over(guess)(null);
        return double.IsFinite(value) ? value : null;
    }

    /// <summary>
    /// Prepares the rows, and returns the metric over a sample of them: how often each row was drawn, or null for each
    /// row once.
    /// </summary>
    internal abstract Func<int[]?, double> Over(JudgedRow[] rows);

    /// <summary>The constant that makes the metric best: the mean, or the median of absolute errors.</summary>
    protected virtual double BestConstant(double[] sorted) => sorted.Average();

    /// <summary>The rows with the best answer that knows the truths' distribution alone; null if there cannot be one.</summary>
    protected virtual JudgedRow[]? BestGuess(IReadOnlyList<JudgedRow> rows) =>
        Kind.Task == TaskKind.Regression ? Constant(rows) : Majority(rows);

    private JudgedRow[] Constant(IReadOnlyList<JudgedRow> rows)
    {
        var constant = BestConstant([.. rows.Select(row => row.Actual).Order()]);
        return [.. rows.Select(row => row with { Predicted = constant })];
    }

    private static JudgedRow[] Majority(IReadOnlyList<JudgedRow> rows)
    {
        var shares = rows.GroupBy(row => row.Actual).ToDictionary(g => g.Key, g => g.Count() / (double)rows.Count);
        var most = shares.OrderByDescending(one => one.Value).ThenBy(one => one.Key).First().Key;
        return
        [
            .. rows.Select(row => new JudgedRow(row.Actual, most, shares.GetValueOrDefault(1), shares[row.Actual])),
        ];
    }
}
