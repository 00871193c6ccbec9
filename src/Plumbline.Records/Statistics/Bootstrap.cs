namespace Plumbline.Records.Statistics;

/// <summary>
/// Percentile intervals of any figure over rows, which are drawn with replacement (Efron 1979). The seed is fixed: the
/// same rows give the same interval.
/// </summary>
public static class Bootstrap
{
    private const int MostSamples = 2000;
    private const int FewestSamples = 200;

    /// <summary>The number of row draws for one interval, which limits its time.</summary>
    private const long MostDraws = 20_000_000;

    /// <summary>The figure of all rows, with its 95 % interval.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="figure">The figure, by how often each row was drawn; null counts each row once.</param>
    /// <returns>NaN if the figure is NaN for all rows; samples without a figure are left out of the interval.</returns>
    public static Interval Of(int rows, Func<int[]?, double> figure)
    {
        var (value, samples) = Draw(rows, figure);
        return samples.Length == 0
            ? new Interval(value, value, value)
            : new Interval(value, samples[(int)(samples.Length * 0.025)], samples[(int)(samples.Length * 0.975) - 1]);
    }

    /// <summary>The same for a difference, with the two-sided p-value of a difference of zero.</summary>
    /// <inheritdoc cref="Of"/>
    public static (Interval Interval, double PValue) OfDifference(int rows, Func<int[]?, double> difference)
    {
        var (value, samples) = Draw(rows, difference);
        if (samples.Length == 0 || value == 0)
            return (new Interval(value, value, value), 1);
        var interval = new Interval(
            value,
            samples[(int)(samples.Length * 0.025)],
            samples[(int)(samples.Length * 0.975) - 1]
        );
        var below = samples.Count(sample => sample <= 0);
        var above = samples.Count(sample => sample >= 0);
        return (interval, Math.Min(1, 2.0 * (Math.Min(below, above) + 1) / (samples.Length + 1)));
    }

    private static (double Value, double[] Sorted) Draw(int rows, Func<int[]?, double> figure)
    {
        if (rows == 0)
            return (double.NaN, []);
        var value = figure(null);
        if (double.IsNaN(value))
            return (value, []);
        var random = new Random(1);
        var samples = new double[Math.Clamp(MostDraws / rows, FewestSamples, MostSamples)];
        var drawn = new int[rows];
        for (var sample = 0; sample < samples.Length; sample++)
        {
            Array.Clear(drawn);
            for (var draw = 0; draw < rows; draw++)
                drawn[random.Next(rows)]++;
            samples[sample] = figure(drawn);
        }
        return (value, [.. samples.Where(sample => !double.IsNaN(sample)).Order()]);
    }
}
