using System.Globalization;
using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
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
        var input = call.Input;
        if (input["EntityMetricData"] is not null)
        {
            throw CloudWatchErrors.Validation("The local cloud does not implement EntityMetricData.");
        }

        var metricNamespace = input.Text("Namespace")!;
        var reader = new MetricDatumReader(clock.GetUtcNow());
        var data = new List<(Metric, MetricSample)>();
        foreach (var (index, datum) in input.Objects("MetricData").Index())
        {
            var metric = Metric.Of(metricNamespace, datum);
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
        var input = call.Input;
        // AWS forgets metrics without data for two weeks.
        var since =
            clock.GetUtcNow() - (input["RecentlyActive"] is null ? TimeSpan.FromDays(14) : TimeSpan.FromHours(3));
        var filters = input.Objects("Dimensions").ToList();
        var skip = Skip(input.Text("NextToken"));
        var found = metrics
            .List(input.Text("Namespace"), input.Text("MetricName"), since)
            .Where(metric => filters.TrueForAll(filter => Satisfies(metric, filter)))
            .Skip(skip)
            .Take(PageSize + 1)
            .ToList();
        var output = new JsonObject
        {
            ["Metrics"] = new JsonArray([.. found.Take(PageSize).Select(metric => metric.Describe())]),
        };
        if (found.Count > PageSize)
        {
            output["NextToken"] = (skip + PageSize).ToString(CultureInfo.InvariantCulture);
        }

        return Task.FromResult(output);
    }

    private static bool Satisfies(Metric metric, JsonObject filter)
    {
        var (name, value) = (filter.Text("Name"), filter.Text("Value"));
        return metric.Pairs().Any(pair => pair.Name == name && (value is null || pair.Value == value));
    }

    private static int Skip(string? token) =>
        token is null ? 0
        : int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var skip) ? skip
        : throw CloudWatchErrors.InvalidValue("Request parameter NextToken is invalid");
}
