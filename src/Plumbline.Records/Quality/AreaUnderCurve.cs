namespace Plumbline.Records.Quality;

/// <summary>
/// The area under the ROC curve: the probability that a random row of class 1 has a higher score than one of class 0;
/// equal scores count half (Mann and Whitney 1947). Rows without a score do not count. NaN if a class does not occur.
/// </summary>
internal sealed class AreaUnderCurve(MetricKind kind) : QualityMetric(kind)
{
    public override bool NeedsProbabilities => true;

    /// <summary>The distance of the score from the truth: one row alone has no area.</summary>
    public override double Loss(in JudgedRow row) => Math.Abs(row.Actual - row.Positive);

    internal override Func<int[]?, double> Over(JudgedRow[] rows)
    {
        var order = Enumerable
            .Range(0, rows.Length)
            .Where(row => !double.IsNaN(rows[row].Positive))
            .OrderBy(row => rows[row].Positive)
            .ToArray();
        return drawn =>
        {
            var (area, negatives, positives) = (0.0, 0L, 0L);
            for (var i = 0; i < order.Length; )
            {
                // All rows of one score, which count half against each other.
                var (score, zeros, ones) = (rows[order[i]].Positive, 0L, 0L);
                for (; i < order.Length && rows[order[i]].Positive.Equals(score); i++)
                {
                    var times = drawn?[order[i]] ?? 1;
                    if (rows[order[i]].Actual == 1)
                        ones += times;
                    else
                        zeros += times;
                }
                area += ones * (negatives + zeros / 2.0);
                negatives += zeros;
                positives += ones;
            }
            return positives == 0 || negatives == 0 ? double.NaN : area / positives / negatives;
        };
    }
}
