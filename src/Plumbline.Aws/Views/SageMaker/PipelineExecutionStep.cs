using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's PipelineExecutionStep.</summary>
public sealed record PipelineExecutionStep(JsonObject Tree)
{
    public string StepName =>
        Tree.Text("StepName") ?? throw ViewError.Missing(nameof(PipelineExecutionStep), "StepName");

    public string StepStatus =>
        Tree.Text("StepStatus") ?? throw ViewError.Missing(nameof(PipelineExecutionStep), "StepStatus");

    public DateTimeOffset? StartTime => Tree.Time("StartTime");

    public DateTimeOffset? EndTime => Tree.Time("EndTime");

    public string? FailureReason => Tree.Text("FailureReason");
}
