using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Services.CloudWatch.Metrics;

/// <summary>The identity of a metric: namespace, name and dimensions.</summary>
/// <param name="Namespace">Such as <c>AWS/SageMaker</c>.</param>
/// <param name="Name">Such as <c>Invocations</c>.</param>
/// <param name="Dimensions">Names and values as a JSON array of pairs, sorted by name.</param>
internal sealed record Metric(string Namespace, string Name, string Dimensions)
{
    /// <summary>Reads a structure that has <c>MetricName</c> and <c>Dimensions</c>.</summary>
    public static Metric Of(string metricNamespace, JsonObject tree)
    {
        var pairs = tree.Objects("Dimensions")
            .Select(dimension => new[] { dimension.Text("Name")!, dimension.Text("Value")! })
            .OrderBy(pair => pair[0], StringComparer.Ordinal);
        return new Metric(metricNamespace, tree.Text("MetricName")!, JsonSerializer.Serialize(pairs));
    }

    public IEnumerable<(string Name, string Value)> Pairs() =>
        JsonSerializer.Deserialize<string[][]>(Dimensions)!.Select(pair => (pair[0], pair[1]));

    public JsonObject Describe() =>
        new()
        {
            ["Namespace"] = Namespace,
            ["MetricName"] = Name,
            ["Dimensions"] = new JsonArray([
                .. Pairs().Select(pair => new JsonObject { ["Name"] = pair.Name, ["Value"] = pair.Value }),
            ]),
        };
}
