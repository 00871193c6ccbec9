namespace Plumbline.Records.Quality;

/// <summary>The mean of a loss over the rows, such as the mean absolute error or the log loss.</summary>
internal sealed class MeanLoss(MetricKind kind) : QualityMetric(kind)
{
    public required Func<JudgedRow, double> OfRow { get; init; }

    /// <summary>Applied to the mean: the square root of a mean squared error.</summary>
    public Func<double, double> OfMean { get; init; } = mean => mean;

    /// <summary>The constant of <see cref="QualityMetric.Baseline"/>, of the sorted truths.</summary>
    public Func<double[], double>? Best { get; init; }

    /// <summary>True if the loss is made of probabilities.</summary>
    public bool OfProbabilities { get; init; }

    public override bool NeedsProbabilities => OfProbabilities;

    /// <summary>The loss of a row; NaN for a row that does not count.</summary>
    public override double Loss(in JudgedRow row) => OfRow(row);

    internal override Func<int[]?, double> Over(JudgedRow[] rows)
    {
        var losses = Array.ConvertAll(rows, row => OfRow(row));
        return drawn =>
        {
            var (sum, count) = (0.0, 0L);
            for (var i = 0; i < losses.Length; i++)
            {
                var times = drawn?[i] ?? 1;
                if (times == 0 || double.IsNaN(losses[i]))
                    continue;
                sum += times * losses[i];
                count += times;
            }
            return count == 0 ? double.NaN : OfMean(sum / count);
        };
    }

    protected override double BestConstant(double[] sorted) => Best?.Invoke(sorted) ?? base.BestConstant(sorted);
}
