using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's StopPipelineExecutionRequest.</summary>
public sealed record StopPipelineExecutionRequest(JsonObject Tree)
{
    public string PipelineExecutionArn =>
        Tree.Text("PipelineExecutionArn")
        ?? throw ViewError.Missing(nameof(StopPipelineExecutionRequest), "PipelineExecutionArn");
}
