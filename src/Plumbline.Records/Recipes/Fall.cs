namespace Plumbline.Records.Recipes;

/// <summary>How far a figure fell under an earlier one, by the errors of both.</summary>
/// <param name="Now">The figure on the newest labels.</param>
/// <param name="Before">The figure on earlier labels.</param>
/// <param name="Deviations">The fall in standard errors of the difference; negative if the figure rose.</param>
public sealed record Fall(double Now, double Before, double Deviations)
{
    // The error of an accuracy near 0 or 1 would be estimated as nearly nothing.
    private const double LeastVariance = 0.01;

    /// <summary>The fall of an accuracy; null without rows.</summary>
    public static Fall? OfAccuracy(long right, long rows, long rightBefore, long rowsBefore)
    {
        if (rows == 0 || rowsBefore == 0)
        {
            return null;
        }
        var (now, before) = (right / (double)rows, rightBefore / (double)rowsBefore);
        var variance = Math.Max(before * (1 - before), LeastVariance);
        return new Fall(now, before, (before - now) / Math.Sqrt(variance * (1.0 / rows + 1.0 / rowsBefore)));
    }

    /// <summary>True if it is deeper than chance explains.</summary>
    /// <param name="deviations">The least number of standard errors.</param>
    public bool IsDeeper(double deviations) => Deviations > deviations;
}
