using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Gateway;

namespace Plumbline.LocalCloud.Services.CloudWatch.Metrics;

/// <summary>Reading metrics.</summary>
internal sealed class MetricQueryApi(MetricStore metrics)
{
    private const int MostDatapoints = 1440;

    public Task<JsonObject> GetMetricData(AwsCall call)
    {
        var input = call.Input;
        var (start, end) = (input.Time("StartTime")!.Value, input.Time("EndTime")!.Value);
        if (start >= end)
        {
            throw CloudWatchErrors.Validation(
                start == end
                    ? "The parameter StartTime must not equal parameter EndTime."
                    : "The parameter EndTime must be greater than StartTime."
            );
        }

        var ascending = input.Text("ScanBy") == "TimestampAscending";
        var results = input
            .Objects("MetricDataQueries")
            .Select(query => (query, Stat: StatOf(query)))
            .Where(query => query.query.Bool("ReturnData") ?? true)
            .Select(query => Result(query.query, query.Stat, start, end, ascending));
        return Task.FromResult(
            new JsonObject { ["MetricDataResults"] = new JsonArray([.. results]), ["Messages"] = new JsonArray() }
        );
    }

    public Task<JsonObject> GetMetricStatistics(AwsCall call)
    {
        var input = call.Input;
        var (start, end) = (input.Time("StartTime")!.Value, input.Time("EndTime")!.Value);
        var period = input.Long("Period")!.Value;
        if (start >= end)
        {
            throw CloudWatchErrors.InvalidValue("The parameter StartTime must be less than the parameter EndTime.");
        }

        CheckPeriod(period);
        var asked = Math.Ceiling((end - start).TotalSeconds / period);
        if (asked > MostDatapoints)
        {
            throw CloudWatchErrors.InvalidCombination(
                $"You have requested up to {asked:N0} datapoints, which exceeds the limit of {MostDatapoints:N0}. You may reduce the datapoints requested by increasing Period, or decreasing the time range."
            );
        }

        var statistics = input.Texts("Statistics").Select(Parse).ToList();
        var extended = input.Texts("ExtendedStatistics").Select(Parse).ToList();
        if (statistics.Count + extended.Count == 0)
        {
            throw CloudWatchErrors.Missing("Must specify either Statistics or ExtendedStatistics");
        }

        var metric = Metric.Of(input.Text("Namespace")!, input);
        var from = Periods.Round(start, period);
        var samples = metrics.Read(metric, input.Text("Unit"), from, end.ToUnixTimeMilliseconds());
        var points = Periods.Cut(samples, from, period).Select(cut => Datapoint(cut, statistics, extended));
        return Task.FromResult(new JsonObject { ["Label"] = metric.Name, ["Datapoints"] = new JsonArray([.. points]) });
    }

    private JsonObject Result(
        JsonObject query,
        JsonObject stat,
        DateTimeOffset start,
        DateTimeOffset end,
        bool ascending
    )
    {
        var period = stat.Long("Period")!.Value;
        CheckPeriod(period);
        var statistic = Parse(stat.Text("Stat")!);
        var asked = stat.Object("Metric")!;
        var metric = Metric.Of(asked.Text("Namespace")!, asked);
        var from = Periods.Round(start, period);
        var samples = metrics.Read(metric, stat.Text("Unit"), from, end.ToUnixTimeMilliseconds());
        var points = Periods
            .Cut(samples, from, period)
            .Select(cut => (cut.Start, Value: statistic.Of(cut.Samples)))
            .Where(point => point.Value is not null)
            .ToList();
        if (!ascending)
        {
            points.Reverse();
        }

        return new JsonObject
        {
            ["Id"] = query.Text("Id"),
            ["Label"] = query.Text("Label") ?? metric.Name,
            ["Timestamps"] = new JsonArray([
                .. points.Select(point => Tree.Of(DateTimeOffset.FromUnixTimeMilliseconds(point.Start))),
            ]),
            ["Values"] = new JsonArray([.. points.Select(point => (JsonNode)point.Value!.Value)]),
            ["StatusCode"] = "Complete",
        };
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

    private static JsonObject StatOf(JsonObject query) =>
        query.Text("Expression") is { } expression
            ? throw CloudWatchErrors.Validation($"The local cloud does not implement metric math: '{expression}'.")
            : query.Object("MetricStat")
                ?? throw CloudWatchErrors.Validation(
                    "The parameter MetricDataQueries.member.1.MetricStat or MetricDataQueries.member.1.Expression is required."
                );

    private static void CheckPeriod(long period)
    {
        if (period is not (1 or 5 or 10 or 20 or 30) && (period <= 0 || period % 60 != 0))
        {
            throw CloudWatchErrors.InvalidValue(
                $"The value {period} for parameter Period is invalid. Valid values are 1, 5, 10, 20, 30, or any multiple of 60."
            );
        }
    }

    private static Statistic Parse(string name) =>
        Statistic.TryParse(name)
        ?? throw CloudWatchErrors.InvalidValue($"The value {name} for parameter Stat is not supported.");
}
