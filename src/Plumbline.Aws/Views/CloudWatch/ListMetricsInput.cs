using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CloudWatch;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch's ListMetricsInput.</summary>
public sealed record ListMetricsInput(JsonObject Tree)
{
    public string? Namespace => Tree.Text("Namespace");

    public string? MetricName => Tree.Text("MetricName");

    public IEnumerable<DimensionFilter> Dimensions =>
        Tree.Objects("Dimensions").Select(one => new DimensionFilter(one));

    public string? NextToken => Tree.Text("NextToken");

    public string? RecentlyActive => Tree.Text("RecentlyActive");
}
