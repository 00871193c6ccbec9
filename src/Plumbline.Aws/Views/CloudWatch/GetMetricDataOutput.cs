using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CloudWatch;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch's GetMetricDataOutput.</summary>
public sealed record GetMetricDataOutput(JsonObject Tree)
{
    public IEnumerable<MetricDataResult> MetricDataResults =>
        Tree.Objects("MetricDataResults").Select(one => new MetricDataResult(one));
}
