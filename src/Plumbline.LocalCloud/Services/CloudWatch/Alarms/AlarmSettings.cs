using Plumbline.Aws.Views.CloudWatch;

namespace Plumbline.LocalCloud.Services.CloudWatch.Alarms;

/// <summary>The part of an alarm's configuration that determines its state.</summary>
/// <param name="Metric">The watched metric.</param>
/// <param name="Statistic">The statistic of it that is compared.</param>
/// <param name="Unit">Only data of this unit; null for all.</param>
/// <param name="Period">The length of a period in seconds.</param>
/// <param name="EvaluationPeriods">N of "M out of N".</param>
/// <param name="DatapointsToAlarm">M of "M out of N".</param>
/// <param name="Comparison">AWS's name of the comparison with the threshold.</param>
/// <param name="Threshold">The value that the statistic is compared with.</param>
/// <param name="TreatMissingData">missing, ignore, breaching or notBreaching.</param>
/// <param name="IgnoresFewSamples">True if a percentile over too few samples leaves the state unchanged.</param>
internal sealed record AlarmSettings(
    Metric Metric,
    Statistic Statistic,
    string? Unit,
    long Period,
    int EvaluationPeriods,
    int DatapointsToAlarm,
    string Comparison,
    double Threshold,
    string TreatMissingData,
    bool IgnoresFewSamples
)
{
    /// <summary>The metric math that is compared; null for an alarm on a single metric.</summary>
    public AlarmMath? Math { get; init; }

    /// <summary>The number of periods: AWS publishes no rule, but its table has 5 for N = 3, so it is N + 2.</summary>
    public int EvaluationRange => EvaluationPeriods + 2;

    /// <summary>
    /// Reads a checked alarm, with its own metric or with <c>Metrics</c>; for metric math, the first metric.
    /// </summary>
    public static AlarmSettings Of(MetricAlarm alarm)
    {
        var stat = StatOf(alarm);
        var periods = alarm.EvaluationPeriods;
        return new AlarmSettings(
            stat is null ? Metric.Of(alarm.Namespace!, alarm.MetricName!, alarm.Dimensions) : AlarmMath.MetricOf(stat),
            Statistic.TryParse(stat?.Stat ?? alarm.Statistic ?? alarm.ExtendedStatistic!)!,
            stat is null ? alarm.Unit : stat.Unit,
            PeriodOf(alarm)!.Value,
            periods,
            alarm.DatapointsToAlarm ?? periods,
            alarm.ComparisonOperator,
            alarm.Threshold,
            alarm.TreatMissingData ?? "missing",
            alarm.EvaluateLowSampleCountPercentile == "ignore"
        )
        {
            Math = AlarmMath.Of(alarm),
        };
    }

    /// <summary>The alarm's period in seconds; null if it cannot be read.</summary>
    public static int? PeriodOf(MetricAlarm alarm) => StatOf(alarm)?.Period ?? alarm.Period;

    /// <summary>True if data of the metric can change the alarm's state.</summary>
    public bool Watches(Metric metric) => Math?.Inputs.Values.Any(input => input.Metric == metric) ?? Metric == metric;

    public bool IsBreaching(double value) =>
        Comparison switch
        {
            ComparisonOperator.GreaterThanThreshold => value > Threshold,
            ComparisonOperator.GreaterThanOrEqualToThreshold => value >= Threshold,
            ComparisonOperator.LessThanThreshold => value < Threshold,
            _ => value <= Threshold,
        };

    /// <summary>True if AWS would call the samples too few for the percentile.</summary>
    public bool AreTooFew(double sampleCount) =>
        Math is null
        && Statistic.Percentile is { } percentile
        && sampleCount < 10 / (percentile >= 50 ? 1 - (percentile / 100) : percentile / 100);

    /// <summary>
    /// True if the alarm may be judged before its minute has ended: sums and counts only grow, so with them only an
    /// upward comparison is safe.
    /// </summary>
    public bool CanBeJudgedEarly =>
        Comparison.StartsWith("Greater", StringComparison.Ordinal)
        || !(Math?.Inputs.Values.Any(input => input.Statistic.IsCumulative) ?? Statistic.IsCumulative);

    private static MetricStat? StatOf(MetricAlarm alarm) =>
        alarm
            .Metrics.OrderByDescending(AlarmMath.IsReturned)
            .Select(query => query.MetricStat)
            .FirstOrDefault(stat => stat is not null);
}
