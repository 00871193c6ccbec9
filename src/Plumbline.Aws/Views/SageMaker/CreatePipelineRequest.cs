using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's CreatePipelineRequest.</summary>
public sealed record CreatePipelineRequest(JsonObject Tree)
{
    public string PipelineName =>
        Tree.Text("PipelineName") ?? throw ViewError.Missing(nameof(CreatePipelineRequest), "PipelineName");

    public string? PipelineDefinition => Tree.Text("PipelineDefinition");

    public PipelineDefinitionS3Location? PipelineDefinitionS3Location =>
        Tree.Object("PipelineDefinitionS3Location") is { } tree ? new PipelineDefinitionS3Location(tree) : null;

    public string ClientRequestToken =>
        Tree.Text("ClientRequestToken") ?? throw ViewError.Missing(nameof(CreatePipelineRequest), "ClientRequestToken");
}
