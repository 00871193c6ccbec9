using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's PipelineExecutionSummary.</summary>
public sealed record PipelineExecutionSummary(JsonObject Tree)
{
    public string PipelineExecutionArn =>
        Tree.Text("PipelineExecutionArn")
        ?? throw ViewError.Missing(nameof(PipelineExecutionSummary), "PipelineExecutionArn");

    public string PipelineExecutionStatus =>
        Tree.Text("PipelineExecutionStatus")
        ?? throw ViewError.Missing(nameof(PipelineExecutionSummary), "PipelineExecutionStatus");

    public string? PipelineExecutionDisplayName => Tree.Text("PipelineExecutionDisplayName");

    public string? PipelineExecutionFailureReason => Tree.Text("PipelineExecutionFailureReason");

    public DateTimeOffset? StartTime => Tree.Time("StartTime");
}
