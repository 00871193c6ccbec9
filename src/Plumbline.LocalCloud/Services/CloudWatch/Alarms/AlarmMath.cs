using Plumbline.Aws.Views.CloudWatch;
using Plumbline.LocalCloud.Services.CloudWatch.Metrics;

namespace Plumbline.LocalCloud.Services.CloudWatch.Alarms;

/// <summary>One metric of an alarm's <c>Metrics</c>.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Statistic">The statistic that is calculated from it.</param>
/// <param name="Unit">Only data of this unit; null for all.</param>
internal sealed record AlarmInput(Metric Metric, Statistic Statistic, string? Unit);

/// <summary>An alarm's metric math.</summary>
/// <param name="Expression">The expression that is compared with the threshold.</param>
/// <param name="Inputs">The metrics by their ids.</param>
internal sealed record AlarmMath(MetricMath Expression, IReadOnlyDictionary<string, AlarmInput> Inputs)
{
    /// <summary>
    /// Reads the math of an alarm whose <c>Metrics</c> hold an expression; null for an alarm on a single metric.
    /// </summary>
    public static AlarmMath? Of(MetricAlarm alarm) =>
        alarm.Metrics.FirstOrDefault(IsReturned)?.Expression is { } expression
            ? new AlarmMath(
                MetricMath.Parse(expression),
                alarm
                    .Metrics.Where(query => query.MetricStat is not null)
                    .ToDictionary(query => query.Id, query => InputOf(query.MetricStat!))
            )
            : null;

    /// <summary>Refuses what AWS refuses, and expressions over expressions, which are not supported here.</summary>
    /// <exception cref="Aws.Errors.AwsException">The queries are invalid; the message says why.</exception>
    public static void Check(IReadOnlyList<MetricDataQuery> queries)
    {
        if (queries.Count(IsReturned) != 1)
        {
            throw CloudWatchErrors.Validation(
                "Exactly one element of the Metrics list should return data: set ReturnData to false for the others."
            );
        }

        if (queries.DistinctBy(query => query.Id).Count() != queries.Count)
        {
            throw CloudWatchErrors.Validation("The Ids of the Metrics list must be unique.");
        }

        var stats = queries.Where(query => query.MetricStat is not null).ToList();
        var periods = stats.Select(query => query.MetricStat!.Period).Distinct().Count();
        if (periods != 1)
        {
            throw CloudWatchErrors.Validation("Metrics list must contain metrics, all of one Period.");
        }

        var known = stats.Select(query => query.Id).ToHashSet();
        foreach (var query in queries.Except(stats))
        {
            var expression =
                query.Expression
                ?? throw CloudWatchErrors.Missing("A member of Metrics requires MetricStat or Expression.");
            if (MetricMath.Parse(expression).Ids.FirstOrDefault(id => !known.Contains(id)) is { } unknown)
            {
                throw CloudWatchErrors.Validation(
                    $"Error in expression '{query.Id}': the local cloud finds no metric with the Id '{unknown}' in Metrics."
                );
            }
        }
    }

    internal static bool IsReturned(MetricDataQuery query) => query.ReturnData ?? true;

    internal static Metric MetricOf(MetricStat stat) =>
        Metric.Of(stat.Metric.Namespace!, stat.Metric.MetricName!, stat.Metric.Dimensions);

    private static AlarmInput InputOf(MetricStat stat) =>
        new(MetricOf(stat), Statistic.TryParse(stat.Stat)!, stat.Unit);
}
