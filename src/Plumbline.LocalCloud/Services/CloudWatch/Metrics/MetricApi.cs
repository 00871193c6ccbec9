using System.Text.Json.Nodes;
using Plumbline.Aws.Views.CloudWatch;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.CloudWatch.Metrics;

/// <summary>Publishes and lists metrics.</summary>
internal sealed class MetricApi(MetricStore metrics, CivilClock clock)
{
    private const int MostMetrics = 1000;
    private const int PageSize = 500;

    public async Task<JsonObject> PutMetricData(AwsCall call)
    {
        if (call.Input["EntityMetricData"] is not null)
        {
            throw CloudWatchErrors.Validation("The local cloud does not implement EntityMetricData.");
        }

        var request = new PutMetricDataInput(call.Input);
        var reader = new MetricDatumReader(clock.GetUtcNow());
        var data = new List<(Metric, MetricSample)>();
        foreach (var (index, datum) in request.MetricData.Index())
        {
            var metric = Metric.Of(request.Namespace, datum.MetricName, datum.Dimensions);
            data.AddRange(reader.Read(datum, $"MetricData.member.{index + 1}").Select(sample => (metric, sample)));
        }

        if (data.Count == 0)
        {
            throw CloudWatchErrors.Missing("The parameter MetricData is required.");
        }

        if (data.DistinctBy(pair => pair.Item1).Count() > MostMetrics)
        {
            throw CloudWatchErrors.InvalidValue(
                $"The collection MetricData must not have a size greater than {MostMetrics}."
            );
        }

        await metrics.PutAsync(data);
        return [];
    }

    public Task<JsonObject> ListMetrics(AwsCall call)
    {
        var request = new ListMetricsInput(call.Input);
        // AWS forgets metrics without data for two weeks.
        var since =
            clock.GetUtcNow() - (request.RecentlyActive is null ? TimeSpan.FromDays(14) : TimeSpan.FromHours(3));
        var filters = request.Dimensions.ToList();
        var skip = ListPage.Skip(
            request.NextToken,
            () => CloudWatchErrors.InvalidValue("Request parameter NextToken is invalid")
        );
        var found = metrics
            .List(request.Namespace, request.MetricName, since)
            .Where(metric => filters.TrueForAll(filter => Satisfies(metric, filter)))
            .Skip(skip)
            .Select(metric => metric.Describe());
        return Task.FromResult(ListPage.Of("Metrics", found, skip, PageSize));
    }

    private static bool Satisfies(Metric metric, DimensionFilter filter) =>
        metric.Pairs().Any(pair => pair.Name == filter.Name && (filter.Value is null || pair.Value == filter.Value));
}
