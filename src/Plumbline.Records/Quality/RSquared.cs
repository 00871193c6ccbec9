namespace Plumbline.Records.Quality;

/// <summary>
/// The share of the truths' variance that the predictions explain; 0 for the mean as the only answer. NaN if all truths
/// are equal.
/// </summary>
internal sealed class RSquared(MetricKind kind) : QualityMetric(kind)
{
    public override double Loss(in JudgedRow row) => (row.Actual - row.Predicted) * (row.Actual - row.Predicted);

    internal override Func<int[]?, double> Over(JudgedRow[] rows)
    {
        // Around a truth near the mean, so that the squares of large numbers do not lose their digits.
        var center = rows.Length == 0 ? 0 : rows.Average(row => row.Actual);
        return drawn =>
        {
            var (errors, sum, squares, count) = (0.0, 0.0, 0.0, 0L);
            for (var i = 0; i < rows.Length; i++)
            {
                var times = drawn?[i] ?? 1;
                var truth = rows[i].Actual - center;
                errors += times * Loss(rows[i]);
                sum += times * truth;
                squares += times * truth * truth;
                count += times;
            }
            var variance = count == 0 ? 0 : squares - sum * sum / count;
            return variance <= 1e-12 * squares ? double.NaN : 1 - errors / variance;
        };
    }
}
