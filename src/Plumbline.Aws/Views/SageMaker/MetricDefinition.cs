using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's MetricDefinition.</summary>
public sealed record MetricDefinition(JsonObject Tree)
{
    public string Name => Tree.Text("Name") ?? throw ViewError.Missing(nameof(MetricDefinition), "Name");

    public string Regex => Tree.Text("Regex") ?? throw ViewError.Missing(nameof(MetricDefinition), "Regex");
}
