using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CloudWatch;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch's Metric.</summary>
public sealed record Metric(JsonObject Tree)
{
    public string? Namespace => Tree.Text("Namespace");

    public string? MetricName => Tree.Text("MetricName");

    public IEnumerable<Dimension> Dimensions => Tree.Objects("Dimensions").Select(one => new Dimension(one));
}
