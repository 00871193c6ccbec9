using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.CloudWatch;
using Plumbline.LocalCloud.Gateway;

namespace Plumbline.LocalCloud.Services.CloudWatch.Metrics;

/// <summary>Statistics of one metric.</summary>
internal sealed class MetricStatisticsApi(MetricStore metrics)
{
    private const int MostDatapoints = 1440;

    public Task<JsonObject> GetMetricStatistics(AwsCall call)
    {
        var request = new GetMetricStatisticsInput(call.Input);
        var (start, end, period) = (request.StartTime, request.EndTime, request.Period);
        if (start >= end)
        {
            throw CloudWatchErrors.InvalidValue("The parameter StartTime must be less than the parameter EndTime.");
        }

        Periods.Check(period);
        var asked = Math.Ceiling((end - start).TotalSeconds / period);
        if (asked > MostDatapoints)
        {
            throw CloudWatchErrors.InvalidCombination(
                $"You have requested up to {asked:0} datapoints, which exceeds the limit of {MostDatapoints}. You may reduce the datapoints requested by increasing Period, or decreasing the time range."
            );
        }

        var statistics = request.Statistics.Select(name => Statistic.Parse(name)).ToList();
        var extended = request.ExtendedStatistics.Select(name => Statistic.Parse(name)).ToList();
        if (statistics.Count + extended.Count == 0)
        {
            throw CloudWatchErrors.Missing("Must specify either Statistics or ExtendedStatistics");
        }

        var metric = Metric.Of(request.Namespace, request.MetricName, request.Dimensions);
        var from = Periods.Round(start, period);
        var samples = metrics.Read(metric, request.Unit, from, end.ToUnixTimeMilliseconds());
        // Units are not added up: each unit has its own datapoint.
        var points = Periods
            .Cut(samples, from, period)
            .SelectMany(cut => cut.Samples.GroupBy(sample => sample.Unit), (cut, unit) => (cut.Start, unit.ToList()))
            .Select(cut => Datapoint(cut, statistics, extended));
        return Task.FromResult(new JsonObject { ["Label"] = metric.Name, ["Datapoints"] = new JsonArray([.. points]) });
    }

    private static JsonObject Datapoint(
        (long Start, List<MetricSample> Samples) cut,
        List<Statistic> statistics,
        List<Statistic> extended
    )
    {
        var point = new JsonObject
        {
            ["Timestamp"] = Tree.Of(DateTimeOffset.FromUnixTimeMilliseconds(cut.Start)),
            ["Unit"] = cut.Samples[0].Unit,
        };
        foreach (var statistic in statistics)
        {
            point[statistic.Name] = statistic.Of(cut.Samples);
        }

        var figures = extended
            .Select(statistic => KeyValuePair.Create(statistic.Name, (JsonNode?)statistic.Of(cut.Samples)))
            .Where(figure => figure.Value is not null)
            .ToList();
        if (figures.Count > 0)
        {
            point["ExtendedStatistics"] = new JsonObject(figures);
        }

        return point;
    }
}
