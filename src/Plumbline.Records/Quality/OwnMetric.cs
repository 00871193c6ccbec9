namespace Plumbline.Records.Quality;

/// <summary>The mean of the numbers that the project's own score program gives.</summary>
/// <param name="kind">The project's own name, and the direction.</param>
internal sealed class OwnMetric(MetricKind kind) : QualityMetric(kind)
{
    public override double Loss(in JudgedRow row) => Kind.HigherIsBetter ? -row.Predicted : row.Predicted;

    internal override Func<int[]?, double> Over(JudgedRow[] rows) =>
        drawn =>
        {
            var (sum, count) = (0.0, 0L);
            for (var i = 0; i < rows.Length; i++)
            {
                var times = drawn?[i] ?? 1;
                sum += times * rows[i].Predicted;
                count += times;
            }
            return count == 0 ? double.NaN : sum / count;
        };

    /// <summary>Only the project knows a constant answer: the metric has no baseline.</summary>
    protected override JudgedRow[]? BestGuess(IReadOnlyList<JudgedRow> rows) => null;
}
