using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CloudWatch;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch's MetricDataResult.</summary>
public sealed record MetricDataResult(JsonObject Tree)
{
    public string Id => Tree.Text("Id") ?? throw ViewError.Missing(nameof(MetricDataResult), "Id");

    public IEnumerable<DateTimeOffset> Timestamps => Tree.Times("Timestamps");

    public IEnumerable<double> Values => Tree.Doubles("Values");
}
