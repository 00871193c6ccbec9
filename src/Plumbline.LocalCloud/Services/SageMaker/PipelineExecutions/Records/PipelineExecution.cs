using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.SageMaker;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Records;

/// <summary>An execution of a pipeline as it is stored.</summary>
/// <param name="Described">DescribePipelineExecution's answer.</param>
/// <param name="State">The part that it leaves out.</param>
internal sealed record PipelineExecution(DescribePipelineExecutionResponse Described, ExecutionState State)
{
    /// <summary>The stored tree itself, not a copy.</summary>
    public JsonObject Tree => Described.Tree;

    public string Arn => Described.PipelineExecutionArn;

    public string PipelineArn => Described.PipelineArn;

    public string PipelineName => SageMakerArn.NameOf(PipelineArn);

    /// <summary>The last part of the execution's ARN.</summary>
    public string Id => Aws.Arns.Arn.NameOf(Arn);

    /// <summary>One of <see cref="PipelineExecutionStatus"/>.</summary>
    public string Status => Described.PipelineExecutionStatus;

    /// <summary>The civil time of its start.</summary>
    public DateTimeOffset StartTime => Described.CreationTime;

    /// <summary>True if the execution is Executing or Stopping.</summary>
    public bool IsActive => Status is PipelineExecutionStatus.Executing or PipelineExecutionStatus.Stopping;

    /// <summary>The maximum number of steps that run at the same time.</summary>
    public int MaxParallelSteps => Described.ParallelismConfiguration?.MaxParallelExecutionSteps ?? int.MaxValue;

    /// <summary>Formats a civil time as AWS does in events and execution variables.</summary>
    public static string TextOf(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null);
}

/// <summary>The local cloud's own state of an execution.</summary>
internal sealed class ExecutionState
{
    /// <summary>The values that were given for parameters, by the parameters' names.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>The ARN of the role that runs the steps: the pipeline's role at the execution's start.</summary>
    public required string RoleArn { get; init; }

    /// <summary>The civil time of its end, for the event; null while it is in progress.</summary>
    public DateTimeOffset? EndTime { get; set; }
}
