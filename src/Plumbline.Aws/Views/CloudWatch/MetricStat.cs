using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CloudWatch;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch's MetricStat.</summary>
public sealed record MetricStat(JsonObject Tree)
{
    public Metric Metric => new(Tree.Object("Metric") ?? throw ViewError.Missing(nameof(MetricStat), "Metric"));

    public int Period => Tree.Int("Period") ?? throw ViewError.Missing(nameof(MetricStat), "Period");

    public string Stat => Tree.Text("Stat") ?? throw ViewError.Missing(nameof(MetricStat), "Stat");

    public string? Unit => Tree.Text("Unit");
}
