using Plumbline.Aws.Views.CloudWatch;

namespace Plumbline.LocalCloud.Services.CloudWatch.Metrics;

/// <summary>One of the series in a GetMetricData request.</summary>
/// <param name="Id">The caller's name for it.</param>
/// <param name="Label">The caller's label; by default, the metric's name and what distinguishes the series.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Unit">Only data of this unit; null for all.</param>
/// <param name="Period">The length of a period in seconds.</param>
/// <param name="Statistic">The statistic.</param>
internal sealed record MetricSeries(
    string Id,
    string Label,
    Metric Metric,
    string? Unit,
    long Period,
    Statistic Statistic
)
{
    /// <summary>The series that are to be returned, in the order of the request.</summary>
    /// <exception cref="Aws.Errors.AwsException">A query is invalid, or not supported here.</exception>
    public static IReadOnlyList<MetricSeries> AllOf(IEnumerable<MetricDataQuery> asked)
    {
        var queries = asked
            .Select((query, index) => (Query: query, Series: Of(query, index + 1)))
            .Where(pair => pair.Query.ReturnData ?? true)
            .Select(pair => pair.Series)
            .ToList();
        var statisticsDiffer = queries.DistinctBy(query => query.Statistic.Name).Count() > 1;
        var periodsDiffer = queries.DistinctBy(query => query.Period).Count() > 1;
        return
        [
            .. queries.Select(query =>
                query.Label != ""
                    ? query
                    : query with
                    {
                        Label =
                            query.Metric.Name
                            + (statisticsDiffer ? $" {query.Statistic.Name}" : "")
                            + (periodsDiffer ? $" {query.Period}" : ""),
                    }
            ),
        ];
    }

    private static MetricSeries Of(MetricDataQuery query, int number)
    {
        if (query.Expression is { } expression)
        {
            throw CloudWatchErrors.Validation($"The local cloud does not implement metric math: '{expression}'.");
        }

        var place = $"MetricDataQueries.member.{number}";
        var stat =
            query.MetricStat
            ?? throw CloudWatchErrors.Validation(
                $"The parameter {place}.MetricStat or {place}.Expression is required."
            );
        Periods.Check(stat.Period);
        var metric = stat.Metric;
        return new MetricSeries(
            query.Id,
            query.Label ?? "",
            Metric.Of(metric.Namespace!, metric.MetricName!, metric.Dimensions),
            stat.Unit,
            stat.Period,
            Statistic.Parse(stat.Stat)
        );
    }
}
