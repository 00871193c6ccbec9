using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's MetadataProperties.</summary>
public sealed record MetadataProperties(JsonObject Tree)
{
    public string? GeneratedBy => Tree.Text("GeneratedBy");
}
