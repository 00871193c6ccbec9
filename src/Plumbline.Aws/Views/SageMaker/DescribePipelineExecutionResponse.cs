using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's DescribePipelineExecutionResponse.</summary>
public sealed record DescribePipelineExecutionResponse(JsonObject Tree)
{
    public string PipelineExecutionArn =>
        Tree.Text("PipelineExecutionArn")
        ?? throw ViewError.Missing(nameof(DescribePipelineExecutionResponse), "PipelineExecutionArn");

    public string PipelineExecutionStatus =>
        Tree.Text("PipelineExecutionStatus")
        ?? throw ViewError.Missing(nameof(DescribePipelineExecutionResponse), "PipelineExecutionStatus");

    public string? PipelineExecutionDisplayName => Tree.Text("PipelineExecutionDisplayName");

    public string? FailureReason => Tree.Text("FailureReason");

    public DateTimeOffset CreationTime =>
        Tree.Time("CreationTime") ?? throw ViewError.Missing(nameof(DescribePipelineExecutionResponse), "CreationTime");

    public DateTimeOffset? LastModifiedTime => Tree.Time("LastModifiedTime");

    public string PipelineArn =>
        Tree.Text("PipelineArn") ?? throw ViewError.Missing(nameof(DescribePipelineExecutionResponse), "PipelineArn");

    public string? PipelineExecutionDescription => Tree.Text("PipelineExecutionDescription");

    public ParallelismConfiguration? ParallelismConfiguration =>
        Tree.Object("ParallelismConfiguration") is { } tree ? new ParallelismConfiguration(tree) : null;
}
