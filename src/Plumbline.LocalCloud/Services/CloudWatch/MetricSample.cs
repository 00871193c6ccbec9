namespace Plumbline.LocalCloud.Services.CloudWatch;

/// <summary>Values of a metric within one minute or second.</summary>
/// <param name="Timestamp">The start of the minute or second; Unix milliseconds.</param>
/// <param name="Unit">AWS's unit; <c>None</c> if not given.</param>
/// <param name="Minimum">The least of them.</param>
/// <param name="Maximum">The greatest of them.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="SampleCount">The number of values.</param>
internal sealed record MetricSample(
    long Timestamp,
    string Unit,
    double Minimum,
    double Maximum,
    double Sum,
    double SampleCount
)
{
    /// <summary>True if all values are the same and so are known, which percentiles need.</summary>
    public bool IsOneValue => Minimum.Equals(Maximum);
}
