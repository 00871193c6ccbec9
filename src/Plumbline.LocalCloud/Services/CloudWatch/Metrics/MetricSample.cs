namespace Plumbline.LocalCloud.Services.CloudWatch.Metrics;

/// <summary>Some values of a metric in one minute or second.</summary>
/// <param name="Timestamp">Where the minute or second starts; Unix milliseconds.</param>
/// <param name="Unit">AWS's unit; <c>None</c> where none was given.</param>
/// <param name="Minimum">The least of them.</param>
/// <param name="Maximum">The greatest of them.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="SampleCount">How many they are.</param>
internal sealed record MetricSample(
    long Timestamp,
    string Unit,
    double Minimum,
    double Maximum,
    double Sum,
    double SampleCount
)
{
    /// <summary>True where the values themselves are known, which percentiles need.</summary>
    public bool IsOneValue => Minimum.Equals(Maximum);
}
