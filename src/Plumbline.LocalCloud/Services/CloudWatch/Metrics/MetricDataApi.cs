using System.Globalization;
using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Gateway;

namespace Plumbline.LocalCloud.Services.CloudWatch.Metrics;

/// <summary>
/// Returns series of several metrics in pages; a page has a number of datapoints of all series together.
/// </summary>
internal sealed class MetricDataApi(MetricStore metrics)
{
    private const int MostDatapoints = 100_800;
    private const string Complete = "Complete";

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

        var queries = MetricDataQuery.AllOf(input);
        var ascending = input.Text("ScanBy") == "TimestampAscending";
        var (skip, room) = (Skip(input), Room(input));
        long next = skip + room;
        var results = new JsonArray();
        foreach (var query in queries)
        {
            var points = Points(query, start, end, ascending);
            var shown = points.Skip(skip).Take(room).ToList();
            var isComplete = points.Count - skip <= shown.Count;
            results.Add(Result(query, shown, isComplete));
            skip = Math.Max(0, skip - points.Count);
            room -= shown.Count;
        }

        var output = new JsonObject { ["MetricDataResults"] = results, ["Messages"] = new JsonArray() };
        if (results.OfType<JsonObject>().Any(result => result.Text("StatusCode") != Complete))
        {
            output["NextToken"] = next.ToString(CultureInfo.InvariantCulture);
        }

        return Task.FromResult(output);
    }

    private List<(long Start, double Value)> Points(
        MetricDataQuery query,
        DateTimeOffset start,
        DateTimeOffset end,
        bool ascending
    )
    {
        var from = Periods.Round(start, query.Period);
        var samples = metrics.Read(query.Metric, query.Unit, from, end.ToUnixTimeMilliseconds());
        var points = new List<(long, double)>();
        foreach (var (time, cut) in Periods.Cut(samples, from, query.Period))
        {
            if (query.Statistic.Of(cut) is { } value)
            {
                points.Add((time, value));
            }
        }

        if (!ascending)
        {
            points.Reverse();
        }

        return points;
    }

    private static JsonObject Result(MetricDataQuery query, List<(long Start, double Value)> points, bool isComplete) =>
        new()
        {
            ["Id"] = query.Id,
            ["Label"] = query.Label,
            ["Timestamps"] = new JsonArray([
                .. points.Select(point => Tree.Of(DateTimeOffset.FromUnixTimeMilliseconds(point.Start))),
            ]),
            ["Values"] = new JsonArray([.. points.Select(point => (JsonNode)point.Value)]),
            ["StatusCode"] = isComplete ? Complete : "PartialData",
        };

    private static int Room(JsonObject input) =>
        input.Int("MaxDatapoints") switch
        {
            null => MostDatapoints,
            { } most and >= 1 and <= MostDatapoints => most,
            var other => throw CloudWatchErrors.Validation(
                $"The value {other} for parameter MaxDatapoints is invalid. It must be from 1 to {MostDatapoints}."
            ),
        };

    /// <summary>The token is the number of datapoints on the pages before.</summary>
    private static int Skip(JsonObject input) =>
        input.Text("NextToken") is not { } token ? 0
        : int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var skip) ? skip
        : throw CloudWatchErrors.InvalidToken();
}
