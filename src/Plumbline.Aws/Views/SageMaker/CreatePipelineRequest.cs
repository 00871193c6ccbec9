using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's CreatePipelineRequest.</summary>
public sealed record CreatePipelineRequest(JsonObject Tree)
{
    public string? PipelineDefinition => Tree.Text("PipelineDefinition");
}
