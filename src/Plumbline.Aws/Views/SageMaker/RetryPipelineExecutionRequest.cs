using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's RetryPipelineExecutionRequest.</summary>
public sealed record RetryPipelineExecutionRequest(JsonObject Tree)
{
    public string PipelineExecutionArn =>
        Tree.Text("PipelineExecutionArn")
        ?? throw ViewError.Missing(nameof(RetryPipelineExecutionRequest), "PipelineExecutionArn");

    public ParallelismConfiguration? ParallelismConfiguration =>
        Tree.Object("ParallelismConfiguration") is { } tree ? new ParallelismConfiguration(tree) : null;
}
