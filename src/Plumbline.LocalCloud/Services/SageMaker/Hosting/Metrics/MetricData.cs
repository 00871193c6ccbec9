using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.Metrics;

/// <summary>Converts a minute of a variant to CloudWatch's MetricData, with AWS's metric names.</summary>
internal static class MetricData
{
    private const int MostValues = 150;

    /// <summary>Returns each metric twice: by variant, and by variant and endpoint configuration.</summary>
    public static IEnumerable<JsonObject> Of(VariantMetrics variant, MinuteOfInvocations minute) =>
        Of(minute, [("EndpointName", variant.EndpointName), ("VariantName", variant.VariantName)])
            .Concat(
                Of(
                    minute,
                    [
                        ("EndpointName", variant.EndpointName),
                        ("VariantName", variant.VariantName),
                        ("EndpointConfigName", variant.EndpointConfigName),
                    ]
                )
            );

    private static IEnumerable<JsonObject> Of(MinuteOfInvocations minute, (string Name, string Value)[] dimensions)
    {
        var time = DateTimeOffset.FromUnixTimeSeconds(minute.Minute * 60);
        // Each invocation counts 1 or 0, so the Average statistic of an error count is the error rate.
        (string Name, int Count)[] counts =
        [
            ("Invocations", minute.Count),
            ("InvocationsPerInstance", minute.Count),
            ("Invocation4XXErrors", minute.ClientErrors),
            ("Invocation5XXErrors", minute.ServerErrors),
            ("InvocationModelErrors", minute.ModelErrors),
        ];
        foreach (var (name, count) in counts)
        {
            var datum = Datum(dimensions, name, "Count", time);
            datum["StatisticValues"] = new JsonObject
            {
                ["SampleCount"] = (double)minute.Count,
                ["Sum"] = (double)count,
                ["Minimum"] = count == minute.Count ? 1.0 : 0.0,
                ["Maximum"] = count > 0 ? 1.0 : 0.0,
            };
            yield return datum;
        }

        foreach (
            var (name, times) in ((string, Dictionary<long, int>)[])
                [("ModelLatency", minute.ModelLatency), ("OverheadLatency", minute.OverheadLatency)]
        )
        {
            foreach (var part in times.Chunk(MostValues))
            {
                var datum = Datum(dimensions, name, "Microseconds", time);
                datum["Values"] = new JsonArray([.. part.Select(entry => JsonValue.Create((double)entry.Key))]);
                datum["Counts"] = new JsonArray([.. part.Select(entry => JsonValue.Create((double)entry.Value))]);
                yield return datum;
            }
        }
    }

    private static JsonObject Datum(
        (string Name, string Value)[] dimensions,
        string name,
        string unit,
        DateTimeOffset time
    ) =>
        new()
        {
            ["MetricName"] = name,
            ["Dimensions"] = new JsonArray([
                .. dimensions.Select(one => new JsonObject { ["Name"] = one.Name, ["Value"] = one.Value }),
            ]),
            ["Timestamp"] = Tree.Of(time),
            ["Unit"] = unit,
        };
}
