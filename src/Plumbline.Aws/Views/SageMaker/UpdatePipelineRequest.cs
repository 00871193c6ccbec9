using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's UpdatePipelineRequest.</summary>
public sealed record UpdatePipelineRequest(JsonObject Tree)
{
    public string PipelineName =>
        Tree.Text("PipelineName") ?? throw ViewError.Missing(nameof(UpdatePipelineRequest), "PipelineName");

    public string? PipelineDefinition => Tree.Text("PipelineDefinition");

    public PipelineDefinitionS3Location? PipelineDefinitionS3Location =>
        Tree.Object("PipelineDefinitionS3Location") is { } tree ? new PipelineDefinitionS3Location(tree) : null;
}
