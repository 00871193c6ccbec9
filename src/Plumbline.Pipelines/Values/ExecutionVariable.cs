using System.Text.Json.Nodes;

namespace Plumbline.Pipelines.Values;

/// <summary>A fact about the execution itself, always as text.</summary>
public sealed class ExecutionVariable : PipelineValue
{
    private readonly string name;

    private ExecutionVariable(string name) => this.name = name;

    /// <summary>When the execution started, ISO 8601.</summary>
    public static ExecutionVariable StartDateTime { get; } = new("StartDateTime");

    /// <summary>When the step runs, ISO 8601.</summary>
    public static ExecutionVariable CurrentDateTime { get; } = new("CurrentDateTime");

    public static ExecutionVariable PipelineName { get; } = new("PipelineName");

    public static ExecutionVariable PipelineArn { get; } = new("PipelineArn");

    /// <summary>The execution's id: 12 letters and digits.</summary>
    public static ExecutionVariable PipelineExecutionId { get; } = new("PipelineExecutionId");

    public static ExecutionVariable PipelineExecutionArn { get; } = new("PipelineExecutionArn");

    /// <summary>The training job's name, in a training step's arguments.</summary>
    public static ExecutionVariable TrainingJobName { get; } = new("TrainingJobName");

    /// <summary>The processing job's name, in a processing step's arguments.</summary>
    public static ExecutionVariable ProcessingJobName { get; } = new("ProcessingJobName");

    /// <inheritdoc/>
    public override JsonNode ToJson() => Get($"Execution.{name}");

    /// <inheritdoc/>
    public override PipelineValue AsText() => this;
}
