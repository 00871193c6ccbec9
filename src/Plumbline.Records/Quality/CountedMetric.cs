using Plumbline.Records.Statistics;

namespace Plumbline.Records.Quality;

/// <summary>A metric that follows from the counts of actual and predicted classes.</summary>
/// <param name="kind">The name and the direction.</param>
/// <param name="classes">The number of classes.</param>
/// <param name="of">The metric of the counts.</param>
internal sealed class CountedMetric(MetricKind kind, int classes, Func<ClassCounts, double> of) : QualityMetric(kind)
{
    public override bool IsShareOfRows => Kind.Name == MetricKind.Accuracy;

    public override double Loss(in JudgedRow row) => row.Actual == row.Predicted ? 0 : 1;

    /// <summary>Wilson's interval for accuracy, which is a share of rows; else the bootstrap's.</summary>
    public override Interval Measure(IReadOnlyList<JudgedRow> rows) =>
        Kind.Name == MetricKind.Accuracy
            ? Wilson.Of(rows.Count(row => row.Actual == row.Predicted), rows.Count)
            : base.Measure(rows);

    internal override Func<int[]?, double> Over(JudgedRow[] rows) =>
        drawn =>
        {
            var counts = new ClassCounts(classes);
            for (var i = 0; i < rows.Length; i++)
            {
                if (drawn is null || drawn[i] > 0)
                    counts.Add(rows[i], drawn?[i] ?? 1);
            }
            return of(counts);
        };
}
