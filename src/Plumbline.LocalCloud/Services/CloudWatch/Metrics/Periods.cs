namespace Plumbline.LocalCloud.Services.CloudWatch.Metrics;

/// <summary>Cuts samples into periods.</summary>
internal static class Periods
{
    /// <summary>
    /// Returns the periods that have samples, oldest first, each with its start in Unix milliseconds.
    /// </summary>
    /// <param name="samples">Samples in order of time, none before <paramref name="from"/>.</param>
    /// <param name="from">The start of the first period; Unix milliseconds.</param>
    /// <param name="seconds">The length of a period in seconds.</param>
    public static IEnumerable<(long Start, List<MetricSample> Samples)> Cut(
        IEnumerable<MetricSample> samples,
        long from,
        long seconds
    ) =>
        samples
            .GroupBy(sample => (sample.Timestamp - from) / (seconds * 1000))
            .OrderBy(group => group.Key)
            .Select(group => (from + (group.Key * seconds * 1000), group.ToList()));

    /// <exception cref="Aws.Errors.AwsException">CloudWatch does not allow this period.</exception>
    public static void Check(long period)
    {
        if (period is not (1 or 5 or 10 or 20 or 30) && (period <= 0 || period % 60 != 0))
        {
            throw CloudWatchErrors.InvalidValue(
                $"The value {period} for parameter Period is invalid. Valid values are 1, 5, 10, 20, 30, or any multiple of 60."
            );
        }
    }

    /// <summary>Rounds a query's start as AWS does: down to the minute, or to the period if that is shorter.</summary>
    public static long Round(DateTimeOffset start, long period)
    {
        var step = period < 60 ? period * 1000 : 60_000;
        var milliseconds = start.ToUnixTimeMilliseconds();
        return milliseconds - (milliseconds % step);
    }
}
