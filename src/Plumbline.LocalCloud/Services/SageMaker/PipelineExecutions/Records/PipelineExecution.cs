using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.SageMaker;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Records;

/// <summary>An execution of a pipeline: its stored tree, and properties that read it.</summary>
/// <param name="tree">
/// The members of DescribePipelineExecution, and the members that are stored but not described.
/// </param>
internal sealed class PipelineExecution(JsonObject tree)
{
    /// <summary>The member with the given parameters; stored but not described.</summary>
    public const string Parameters = "PipelineParameters";

    /// <summary>The member with the end time; stored for the event, but not described.</summary>
    public const string EndTime = "EndTime";

    /// <summary>
    /// The member with the role that runs the steps: the pipeline's role at the execution's start; stored but not
    /// described.
    /// </summary>
    public const string RoleArn = "RoleArn";

    /// <summary>The members of DescribePipelineExecution.</summary>
    public DescribePipelineExecutionResponse Described { get; } = new(tree);

    /// <summary>The stored tree itself, not a copy.</summary>
    public JsonObject Tree => Described.Tree;

    public string Arn => Described.PipelineExecutionArn;

    public string PipelineArn => Described.PipelineArn;

    public string PipelineName => SageMakerArn.NameOf(PipelineArn);

    /// <summary>The last part of the execution's ARN.</summary>
    public string Id => Aws.Arns.Arn.NameOf(Arn);

    /// <summary>The ARN of the role that runs the steps.</summary>
    public string Role => Tree.Text(RoleArn)!;

    /// <summary>One of the statuses above.</summary>
    public string Status => Described.PipelineExecutionStatus;

    /// <summary>The civil time of its start.</summary>
    public DateTimeOffset StartTime => Described.CreationTime;

    /// <summary>True if the execution is Executing or Stopping.</summary>
    public bool IsActive => Status is PipelineExecutionStatus.Executing or PipelineExecutionStatus.Stopping;

    /// <summary>The maximum number of steps that run at the same time.</summary>
    public int MaxParallelSteps => Described.ParallelismConfiguration?.MaxParallelExecutionSteps ?? int.MaxValue;

    /// <summary>Returns the value that was given for a parameter, or null.</summary>
    public string? ParameterValue(string name) =>
        Tree.Objects(Parameters)
            .Select(parameter => new Parameter(parameter))
            .FirstOrDefault(parameter => parameter.Name == name)
            ?.Value;

    /// <summary>Formats a civil time as AWS does in events and execution variables.</summary>
    public static string TextOf(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null);
}
