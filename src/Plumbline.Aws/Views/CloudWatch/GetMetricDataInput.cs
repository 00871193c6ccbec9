using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CloudWatch;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch's GetMetricDataInput.</summary>
public sealed record GetMetricDataInput(JsonObject Tree)
{
    public IEnumerable<MetricDataQuery> MetricDataQueries =>
        Tree.Objects("MetricDataQueries").Select(one => new MetricDataQuery(one));

    public DateTimeOffset StartTime =>
        Tree.Time("StartTime") ?? throw ViewError.Missing(nameof(GetMetricDataInput), "StartTime");

    public DateTimeOffset EndTime =>
        Tree.Time("EndTime") ?? throw ViewError.Missing(nameof(GetMetricDataInput), "EndTime");

    public string? NextToken => Tree.Text("NextToken");

    public string? ScanBy => Tree.Text("ScanBy");

    public int? MaxDatapoints => Tree.Int("MaxDatapoints");
}
