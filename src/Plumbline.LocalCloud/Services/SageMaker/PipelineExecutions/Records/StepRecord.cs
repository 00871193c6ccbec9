using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.SageMaker;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Records;

/// <summary>
/// The state of a step. It is stored before the step acts: a job's name is chosen and stored before the job is created,
/// so a repeated call after a crash finds the same job.
/// </summary>
internal sealed record StepRecord
{
    public required string Name { get; init; }

    /// <summary>AWS's type of the step, for example Training.</summary>
    public required string Type { get; init; }

    /// <summary>One of the statuses above.</summary>
    public required string Status { get; init; }

    /// <summary>The civil time of the first attempt's start.</summary>
    public required DateTimeOffset StartTime { get; init; }

    /// <summary>The civil time of its end; null while it is in progress.</summary>
    public DateTimeOffset? EndTime { get; init; }

    public string? FailureReason { get; init; }

    /// <summary>The number of attempts, including the current one.</summary>
    public int AttemptCount { get; init; } = 1;

    /// <summary>The civil time of the next attempt; null if none is pending.</summary>
    public DateTimeOffset? RetryTime { get; init; }

    /// <summary>The name of the step's job or model, which is chosen before the resource is created.</summary>
    public string? ResourceName { get; init; }

    /// <summary>The input of the create operation, with all expressions evaluated.</summary>
    public JsonObject? Input { get; init; }

    /// <summary>The ARN of the step's resource; null until it is known.</summary>
    public string? ResourceArn { get; init; }

    /// <summary>The properties that other steps may refer to: the last answer of the Describe operation.</summary>
    public JsonObject? Properties { get; init; }

    /// <summary>The step's metadata in the form of AWS's PipelineExecutionStepMetadata.</summary>
    public JsonObject? Metadata { get; init; }

    /// <summary>True while the step is in progress.</summary>
    public bool IsActive => Status is StepStatus.Starting or StepStatus.Executing or StepStatus.Stopping;

    /// <summary>Returns the step as ListPipelineExecutionSteps shows it.</summary>
    public JsonObject ToSummary(string? displayName, string? description)
    {
        var summary = new JsonObject
        {
            ["StepName"] = Name,
            ["StepStatus"] = Status,
            ["StartTime"] = Tree.Of(StartTime),
            ["AttemptCount"] = AttemptCount,
            ["Metadata"] = Metadata?.DeepClone() ?? new JsonObject(),
        };
        Add("StepDisplayName", displayName);
        Add("StepDescription", description);
        Add("FailureReason", FailureReason);
        if (EndTime is { } end)
        {
            summary["EndTime"] = Tree.Of(end);
        }

        return summary;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                summary[name] = value;
            }
        }
    }
}
