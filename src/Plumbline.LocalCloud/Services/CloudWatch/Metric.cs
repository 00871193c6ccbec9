using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Views.CloudWatch;

namespace Plumbline.LocalCloud.Services.CloudWatch;

/// <summary>The identity of a metric: namespace, name and dimensions.</summary>
/// <param name="Namespace">Such as <c>AWS/SageMaker</c>.</param>
/// <param name="Name">Such as <c>Invocations</c>.</param>
/// <param name="Dimensions">Names and values as a JSON array of pairs, sorted by name.</param>
internal sealed record Metric(string Namespace, string Name, string Dimensions)
{
    public static Metric Of(string metricNamespace, string name, IEnumerable<Dimension> dimensions)
    {
        var pairs = dimensions
            .Select(dimension => new[] { dimension.Name, dimension.Value })
            .OrderBy(pair => pair[0], StringComparer.Ordinal);
        return new Metric(metricNamespace, name, JsonSerializer.Serialize(pairs));
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
