using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Services.CloudWatch.Metrics;

namespace Plumbline.LocalCloud.Services.CloudWatch.Alarms;

/// <summary>The part of an alarm's configuration that decides about its state.</summary>
/// <param name="Metric">What is watched.</param>
/// <param name="Statistic">Which figure of it.</param>
/// <param name="Unit">Only data of this unit; null for all.</param>
/// <param name="Period">Seconds.</param>
/// <param name="EvaluationPeriods">N of "M out of N".</param>
/// <param name="DatapointsToAlarm">M of "M out of N".</param>
/// <param name="Comparison">AWS's name of the comparison with the threshold.</param>
/// <param name="Threshold">What is compared with.</param>
/// <param name="TreatMissingData">missing, ignore, breaching or notBreaching.</param>
/// <param name="IgnoresFewSamples">Whether a percentile over too few samples leaves the state as it is.</param>
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
    /// <summary>The expression that is compared, where it is not the one metric's figure.</summary>
    public AlarmMath? Math { get; init; }

    /// <summary>AWS's table has 5 for 3 and publishes no rule: N + 2.</summary>
    public int EvaluationRange => EvaluationPeriods + 2;

    /// <summary>Of a checked alarm, with one metric of its own, or with <c>Metrics</c>: of metric math, the first metric.</summary>
    public static AlarmSettings Of(JsonObject alarm)
    {
        var stat = StatOf(alarm);
        var metric = stat?.Object("Metric") ?? alarm;
        var periods = alarm.Int("EvaluationPeriods")!.Value;
        return new AlarmSettings(
            Metric.Of(metric.Text("Namespace")!, metric),
            Statistic.TryParse(StatisticName(alarm))!,
            (stat ?? alarm).Text("Unit"),
            PeriodOf(alarm)!.Value,
            periods,
            alarm.Int("DatapointsToAlarm") ?? periods,
            alarm.Text("ComparisonOperator")!,
            alarm.Double("Threshold")!.Value,
            alarm.Text("TreatMissingData") ?? "missing",
            alarm.Text("EvaluateLowSampleCountPercentile") == "ignore"
        )
        {
            Math = AlarmMath.Of(alarm),
        };
    }

    /// <summary>The seconds of its period; null where it has none that can be read.</summary>
    public static long? PeriodOf(JsonObject alarm) => (StatOf(alarm) ?? alarm).Long("Period");

    public static string StatisticName(JsonObject alarm) =>
        StatOf(alarm)?.Text("Stat") ?? alarm.Text("Statistic") ?? alarm.Text("ExtendedStatistic")!;

    /// <summary>True where data of the metric change what the alarm is judged by.</summary>
    public bool Watches(Metric metric) => Math?.Inputs.Values.Any(input => input.Metric == metric) ?? Metric == metric;

    public bool IsBreaching(double value) =>
        Comparison switch
        {
            "GreaterThanThreshold" => value > Threshold,
            "GreaterThanOrEqualToThreshold" => value >= Threshold,
            "LessThanThreshold" => value < Threshold,
            _ => value <= Threshold,
        };

    /// <summary>True where AWS would call the samples too few for the percentile.</summary>
    public bool AreTooFew(double sampleCount) =>
        Math is null
        && Statistic.Percentile is { } percentile
        && sampleCount < 10 / (percentile >= 50 ? 1 - (percentile / 100) : percentile / 100);

    /// <summary>
    /// True where a figure over a minute that has not ended can be trusted to breach or not as the whole minute will:
    /// sums and counts only grow, so only a comparison upward is safe.
    /// </summary>
    public bool CanBeJudgedEarly =>
        Comparison.StartsWith("Greater", StringComparison.Ordinal)
        || !(Math?.Inputs.Values.Any(input => input.Statistic.IsCumulative) ?? Statistic.IsCumulative);

    private static JsonObject? StatOf(JsonObject alarm) =>
        alarm
            .Objects("Metrics")
            .OrderByDescending(AlarmMath.IsReturned)
            .Select(query => query.Object("MetricStat"))
            .FirstOrDefault(stat => stat is not null);
}
