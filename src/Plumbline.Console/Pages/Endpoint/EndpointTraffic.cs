using System.Text.Json.Nodes;
using Plumbline.Loop.Home;

namespace Plumbline.WebConsole.Pages.Endpoint;

/// <summary>The endpoint's requests and how they were answered, from CloudWatch.</summary>
/// <param name="Invocations">The number of requests by period of five minutes.</param>
/// <param name="Total">The number of all requests.</param>
/// <param name="ClientErrors">Requests that were refused with 4xx.</param>
/// <param name="ServerErrors">Requests that failed with 5xx.</param>
/// <param name="Latencies">The model's latency by percentile, in milliseconds; null without requests.</param>
public sealed record EndpointTraffic(
    IReadOnlyList<(DateTimeOffset Time, double Count)> Invocations,
    double Total,
    double ClientErrors,
    double ServerErrors,
    IReadOnlyDictionary<string, double?> Latencies
)
{
    private const int Period = 300;
    private static readonly string[] Percentiles = ["p50", "p90", "p99"];

    /// <summary>Reads the metrics of a window that ends now.</summary>
    public static async Task<EndpointTraffic> ReadAsync(
        LoopContext loop,
        DateTimeOffset now,
        TimeSpan window,
        CancellationToken cancellationToken
    )
    {
        var queries = new JsonArray(
            Query(loop, "count", "Invocations", "Sum", Period),
            Query(loop, "c4", "Invocation4XXErrors", "Sum", Period),
            Query(loop, "c5", "Invocation5XXErrors", "Sum", Period)
        );
        foreach (var percentile in Percentiles)
        {
            queries.Add((JsonNode)Query(loop, percentile, "ModelLatency", percentile, (int)window.TotalSeconds));
        }

        var answer = await loop.Clients.CloudWatch.GetMetricDataAsync(
            new JsonObject
            {
                ["StartTime"] = (now - window).ToUnixTimeSeconds(),
                ["EndTime"] = now.AddSeconds(1).ToUnixTimeSeconds(),
                ["MetricDataQueries"] = queries,
                ["ScanBy"] = "TimestampAscending",
            },
            cancellationToken
        );
        var results = answer.MetricDataResults.ToDictionary(one => one.Id);
        return new EndpointTraffic(
            [.. results["count"].Timestamps.Zip(results["count"].Values)],
            results["count"].Values.Sum(),
            results["c4"].Values.Sum(),
            results["c5"].Values.Sum(),
            Percentiles.ToDictionary(
                name => name,
                name => results[name].Values.Select(value => (double?)value).LastOrDefault() / 1000
            )
        );
    }

    private static JsonObject Query(LoopContext loop, string id, string metric, string statistic, int period) =>
        new()
        {
            ["Id"] = id,
            ["MetricStat"] = new JsonObject
            {
                ["Metric"] = new JsonObject
                {
                    ["Namespace"] = "AWS/SageMaker",
                    ["MetricName"] = metric,
                    ["Dimensions"] = new JsonArray(
                        new JsonObject { ["Name"] = "EndpointName", ["Value"] = loop.Names.Endpoint },
                        new JsonObject { ["Name"] = "VariantName", ["Value"] = LoopNames.Variant }
                    ),
                },
                ["Period"] = period - (period % 60),
                ["Stat"] = statistic,
            },
        };
}
