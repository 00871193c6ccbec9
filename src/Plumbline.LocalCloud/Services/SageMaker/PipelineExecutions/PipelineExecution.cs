using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions;

/// <summary>An execution of a pipeline: the tree that is kept, and what the engine reads of it.</summary>
/// <param name="tree">In DescribePipelineExecution's member names, with PipelineParameters beside them.</param>
public sealed class PipelineExecution(JsonObject tree)
{
    public const string Executing = "Executing";
    public const string Stopping = "Stopping";
    public const string Stopped = "Stopped";
    public const string Failed = "Failed";
    public const string Succeeded = "Succeeded";

    /// <summary>Members that are kept but not described.</summary>
    public const string Parameters = "PipelineParameters";

    /// <summary>When it ended: kept for its event, and not described.</summary>
    public const string EndTime = "EndTime";

    /// <summary>In whose name the steps run: the pipeline's role when the execution started; not described.</summary>
    public const string RoleArn = "RoleArn";

    /// <summary>The resource as it is kept.</summary>
    public JsonObject Tree => tree;

    /// <summary>The execution's ARN.</summary>
    public string Arn => tree.Text("PipelineExecutionArn")!;

    /// <summary>The pipeline's ARN.</summary>
    public string PipelineArn => tree.Text("PipelineArn")!;

    /// <summary>The pipeline's name.</summary>
    public string PipelineName => SageMakerArn.NameOf(PipelineArn);

    /// <summary>Its id: the last part of its ARN.</summary>
    public string Id => Arn[(Arn.LastIndexOf('/') + 1)..];

    /// <summary>The pipeline's role.</summary>
    public string Role => tree.Text(RoleArn)!;

    /// <summary>One of the statuses above.</summary>
    public string Status => tree.Text("PipelineExecutionStatus")!;

    /// <summary>When it started, civil time.</summary>
    public DateTimeOffset StartTime => tree.Time("CreationTime")!.Value;

    /// <summary>True where it still goes on.</summary>
    public bool IsActive => Status is Executing or Stopping;

    /// <summary>How many steps may run at a time.</summary>
    public int MaxParallelSteps =>
        tree.Object("ParallelismConfiguration")?.Int("MaxParallelExecutionSteps") ?? int.MaxValue;

    /// <summary>The value given for a parameter; null where none was.</summary>
    public string? ParameterValue(string name) =>
        tree.Objects(Parameters).FirstOrDefault(parameter => parameter.Text("Name") == name)?.Text("Value");

    /// <summary>Civil time as AWS writes it in events and execution variables.</summary>
    public static string TextOf(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null);
}
