namespace Plumbline.Records.Statistics;

/// <summary>How far the values of a feature have moved.</summary>
/// <param name="Index">The population stability index; NaN if one side is empty.</param>
/// <param name="Bins">The bins in words.</param>
/// <param name="Before">The share of the earlier values in each bin.</param>
/// <param name="Now">The share of the current values in each bin.</param>
public sealed record Shift(
    double Index,
    IReadOnlyList<string> Bins,
    IReadOnlyList<double> Before,
    IReadOnlyList<double> Now
)
{
    /// <summary>The mean of the earlier numbers; null for names, or without numbers.</summary>
    public double? MeanBefore { get; init; }

    /// <summary>The mean of the current numbers; null for names, or without numbers.</summary>
    public double? MeanNow { get; init; }
}
