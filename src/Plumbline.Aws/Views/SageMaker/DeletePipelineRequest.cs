using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's DeletePipelineRequest.</summary>
public sealed record DeletePipelineRequest(JsonObject Tree)
{
    public string PipelineName =>
        Tree.Text("PipelineName") ?? throw ViewError.Missing(nameof(DeletePipelineRequest), "PipelineName");
}
