using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Services.CloudWatch.Metrics;

/// <summary>One of the series in a GetMetricData request.</summary>
/// <param name="Id">The caller's name for it.</param>
/// <param name="Label">The caller's label; by default, the metric's name and what distinguishes the series.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Unit">Only data of this unit; null for all.</param>
/// <param name="Period">The length of a period in seconds.</param>
/// <param name="Statistic">The statistic.</param>
internal sealed record MetricDataQuery(
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
    public static IReadOnlyList<MetricDataQuery> AllOf(JsonObject input)
    {
        var queries = input
            .Objects("MetricDataQueries")
            .Select((query, index) => (Query: query, Series: Of(query, index + 1)))
            .Where(pair => pair.Query.Bool("ReturnData") ?? true)
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

    private static MetricDataQuery Of(JsonObject query, int number)
    {
        if (query.Text("Expression") is { } expression)
        {
            throw CloudWatchErrors.Validation($"The local cloud does not implement metric math: '{expression}'.");
        }

        var place = $"MetricDataQueries.member.{number}";
        var stat =
            query.Object("MetricStat")
            ?? throw CloudWatchErrors.Validation(
                $"The parameter {place}.MetricStat or {place}.Expression is required."
            );
        var period = stat.Long("Period")!.Value;
        Periods.Check(period);
        var asked = stat.Object("Metric")!;
        return new MetricDataQuery(
            query.Text("Id")!,
            query.Text("Label") ?? "",
            Metric.Of(asked.Text("Namespace")!, asked),
            stat.Text("Unit"),
            period,
            Statistic.Parse(stat.Text("Stat")!)
        );
    }
}
