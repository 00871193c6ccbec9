using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's DescribePipelineDefinitionForExecutionRequest.</summary>
public sealed record DescribePipelineDefinitionForExecutionRequest(JsonObject Tree)
{
    public string PipelineExecutionArn =>
        Tree.Text("PipelineExecutionArn")
        ?? throw ViewError.Missing(nameof(DescribePipelineDefinitionForExecutionRequest), "PipelineExecutionArn");
}
