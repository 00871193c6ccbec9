using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Services.CloudWatch.Metrics;

namespace Plumbline.LocalCloud.Services.CloudWatch.Alarms;

/// <summary>What of an alarm's configuration decides about its state.</summary>
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
    /// <summary>AWS's table has 5 for 3 and publishes no rule: N + 2.</summary>
    public int EvaluationRange => EvaluationPeriods + 2;

    /// <summary>Of a checked alarm, with one metric of its own or as the one entry of <c>Metrics</c>.</summary>
    public static AlarmSettings Of(JsonObject alarm)
    {
        var stat = alarm.Objects("Metrics").FirstOrDefault()?.Object("MetricStat");
        var metric = stat?.Object("Metric") ?? alarm;
        var periods = alarm.Int("EvaluationPeriods")!.Value;
        return new AlarmSettings(
            Metric.Of(metric.Text("Namespace")!, metric),
            Statistic.TryParse(StatisticName(alarm))!,
            (stat ?? alarm).Text("Unit"),
            (stat ?? alarm).Long("Period")!.Value,
            periods,
            alarm.Int("DatapointsToAlarm") ?? periods,
            alarm.Text("ComparisonOperator")!,
            alarm.Double("Threshold")!.Value,
            alarm.Text("TreatMissingData") ?? "missing",
            alarm.Text("EvaluateLowSampleCountPercentile") == "ignore"
        );
    }

    public static string StatisticName(JsonObject alarm) =>
        alarm.Objects("Metrics").FirstOrDefault()?.Object("MetricStat")?.Text("Stat")
        ?? alarm.Text("Statistic")
        ?? alarm.Text("ExtendedStatistic")!;

    public bool IsBreaching(double value) =>
        Comparison switch
        {
            "GreaterThanThreshold" => value > Threshold,
            "GreaterThanOrEqualToThreshold" => value >= Threshold,
            "LessThanThreshold" => value < Threshold,
            _ => value <= Threshold,
        };

    /// <summary>Whether AWS would call the samples too few for the percentile.</summary>
    public bool AreTooFew(double sampleCount) =>
        Statistic.Percentile is { } percentile
        && sampleCount < 10 / (percentile >= 50 ? 1 - (percentile / 100) : percentile / 100);

    /// <summary>
    /// Whether a figure over a minute that has not ended can be trusted to breach or not as the whole minute will:
    /// sums and counts only grow, so only a comparison upward is safe.
    /// </summary>
    public bool CanBeJudgedEarly =>
        !Statistic.IsCumulative || Comparison.StartsWith("Greater", StringComparison.Ordinal);
}
