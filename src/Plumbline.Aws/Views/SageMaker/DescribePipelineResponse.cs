using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's DescribePipelineResponse.</summary>
public sealed record DescribePipelineResponse(JsonObject Tree)
{
    public string PipelineDefinition =>
        Tree.Text("PipelineDefinition")
        ?? throw ViewError.Missing(nameof(DescribePipelineResponse), "PipelineDefinition");

    public string PipelineArn =>
        Tree.Text("PipelineArn") ?? throw ViewError.Missing(nameof(DescribePipelineResponse), "PipelineArn");

    public string RoleArn =>
        Tree.Text("RoleArn") ?? throw ViewError.Missing(nameof(DescribePipelineResponse), "RoleArn");

    public DateTimeOffset? LastRunTime => Tree.Time("LastRunTime");
}
