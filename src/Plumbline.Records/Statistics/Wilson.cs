namespace Plumbline.Records.Statistics;

/// <summary>
/// Wilson's score interval for a share (Wilson 1927), without continuity correction. Unlike the textbook interval, it
/// keeps its 95 % even for a handful of rows and never leaves [0, 1].
/// </summary>
public static class Wilson
{
    /// <summary>The two-sided 95 % quantile of the standard normal distribution.</summary>
    public const double Z95 = 1.959963984540054;

    /// <summary>
    /// The share of <paramref name="successes"/> in <paramref name="trials"/>; (NaN, 0, 1) without trials.
    /// </summary>
    public static Interval Of(long successes, long trials, double z = Z95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        if (trials == 0)
            return new Interval(double.NaN, 0, 1);
        double n = trials;
        var p = successes / n;
        var z2 = z * z;
        var scale = 1 + z2 / n;
        var center = p + z2 / (2 * n);
        var spread = scale * HalfWidth(p, trials, z);
        // At 0 and at n the bound equals the share exactly; set it, because rounding could miss it.
        var lower = successes == 0 ? 0 : (center - spread) / scale;
        var upper = successes == trials ? 1 : (center + spread) / scale;
        return new Interval(p, lower, upper);
    }

    /// <summary>Half the width of the interval of a share, before its ends are set at 0 and 1.</summary>
    /// <param name="share">The share, in [0, 1].</param>
    /// <param name="trials">The number of trials, at least 1.</param>
    /// <param name="z">The quantile.</param>
    public static double HalfWidth(double share, long trials, double z = Z95)
    {
        double n = trials;
        return z * Math.Sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n);
    }
}
