using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CloudWatch;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch's MetricDataQuery.</summary>
public sealed record MetricDataQuery(JsonObject Tree)
{
    public string Id => Tree.Text("Id") ?? throw ViewError.Missing(nameof(MetricDataQuery), "Id");

    public MetricStat? MetricStat => Tree.Object("MetricStat") is { } tree ? new MetricStat(tree) : null;

    public string? Expression => Tree.Text("Expression");

    public string? Label => Tree.Text("Label");

    public bool? ReturnData => Tree.Bool("ReturnData");
}
