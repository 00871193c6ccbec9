using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions;

/// <summary>
/// The state of a step. It is on disk before anything is done about it: the name of a job is chosen and kept
/// here before the job is asked for, so that asking again after a crash finds the same job.
/// </summary>
public sealed record StepRecord
{
    public const string Starting = "Starting";
    public const string Executing = "Executing";
    public const string Stopping = "Stopping";
    public const string Stopped = "Stopped";
    public const string Failed = "Failed";
    public const string Succeeded = "Succeeded";

    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        MaxDepth = JsonDepth.Kept,
    };

    /// <summary>The step's name.</summary>
    public required string Name { get; init; }

    /// <summary>AWS's step type.</summary>
    public required string Type { get; init; }

    /// <summary>One of the statuses above.</summary>
    public required string Status { get; init; }

    /// <summary>When it started, civil time.</summary>
    public required DateTimeOffset StartTime { get; init; }

    /// <summary>When it ended, civil time; null while it goes on.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>Why it failed.</summary>
    public string? FailureReason { get; init; }

    /// <summary>How often it was tried.</summary>
    public int AttemptCount { get; init; } = 1;

    /// <summary>When the next attempt is due, civil time; null where none waits.</summary>
    public DateTimeOffset? RetryTime { get; init; }

    /// <summary>The name of the job or model that it makes, chosen beforehand.</summary>
    public string? ResourceName { get; init; }

    /// <summary>The input of the operation that makes it, with nothing left to evaluate.</summary>
    public JsonObject? Input { get; init; }

    /// <summary>The ARN of what it made.</summary>
    public string? ResourceArn { get; init; }

    /// <summary>The properties that other steps may refer to: the answer of the Describe operation when it had ended.</summary>
    public JsonObject? Properties { get; init; }

    /// <summary>AWS's PipelineExecutionStepMetadata.</summary>
    public JsonObject? Metadata { get; init; }

    /// <summary>True where something goes on outside.</summary>
    [JsonIgnore]
    public bool IsActive => Status is Starting or Executing or Stopping;

    /// <summary>The record as it is kept.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Options);

    /// <summary>A record that was kept.</summary>
    public static StepRecord Of(string json) => JsonSerializer.Deserialize<StepRecord>(json, Options)!;

    /// <summary>The step as ListPipelineExecutionSteps tells it.</summary>
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
