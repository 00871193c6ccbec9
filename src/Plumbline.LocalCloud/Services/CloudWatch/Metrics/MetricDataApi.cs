using System.Globalization;
using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.CloudWatch;
using Plumbline.LocalCloud.Gateway;

namespace Plumbline.LocalCloud.Services.CloudWatch.Metrics;

/// <summary>
/// Returns series of several metrics in pages; a page has a number of datapoints of all series together.
/// </summary>
internal sealed class MetricDataApi(MetricStore metrics)
{
    private const int MostDatapoints = 100_800;

    public Task<JsonObject> GetMetricData(AwsCall call)
    {
        var request = new GetMetricDataInput(call.Input);
        var (start, end) = (request.StartTime, request.EndTime);
        if (start >= end)
        {
            throw CloudWatchErrors.Validation(
                start == end
                    ? "The parameter StartTime must not equal parameter EndTime."
                    : "The parameter EndTime must be greater than StartTime."
            );
        }

        var queries = MetricSeries.AllOf(request.MetricDataQueries);
        var ascending = request.ScanBy == ScanBy.TimestampAscending;
        // The token is the number of datapoints on the pages before.
        var skip = ListPage.Skip(request.NextToken, CloudWatchErrors.InvalidToken);
        var room = Room(request.MaxDatapoints);
        long next = skip + room;
        var results = new JsonArray();
        var areComplete = true;
        foreach (var query in queries)
        {
            var points = Points(query, start, end, ascending);
            var shown = points.Skip(skip).Take(room).ToList();
            var isComplete = points.Count - skip <= shown.Count;
            areComplete &= isComplete;
            results.Add(Result(query, shown, isComplete));
            skip = Math.Max(0, skip - points.Count);
            room -= shown.Count;
        }

        var output = new JsonObject { ["MetricDataResults"] = results, ["Messages"] = new JsonArray() };
        if (!areComplete)
        {
            output["NextToken"] = next.ToString(CultureInfo.InvariantCulture);
        }

        return Task.FromResult(output);
    }

    private List<(long Start, double Value)> Points(
        MetricSeries query,
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

    private static JsonObject Result(MetricSeries query, List<(long Start, double Value)> points, bool isComplete) =>
        new()
        {
            ["Id"] = query.Id,
            ["Label"] = query.Label,
            ["Timestamps"] = new JsonArray([
                .. points.Select(point => Tree.Of(DateTimeOffset.FromUnixTimeMilliseconds(point.Start))),
            ]),
            ["Values"] = new JsonArray([.. points.Select(point => (JsonNode)point.Value)]),
            ["StatusCode"] = isComplete ? StatusCode.Complete : StatusCode.PartialData,
        };

    private static int Room(int? most) =>
        most switch
        {
            null => MostDatapoints,
            >= 1 and <= MostDatapoints => most.Value,
            _ => throw CloudWatchErrors.Validation(
                $"The value {most} for parameter MaxDatapoints is invalid. It must be from 1 to {MostDatapoints}."
            ),
        };
}
