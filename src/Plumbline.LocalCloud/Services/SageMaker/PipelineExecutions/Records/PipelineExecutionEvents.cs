using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Records;

/// <summary>The events of executions and their steps. Each is part of the write that makes the change.</summary>
internal sealed class PipelineExecutionEvents(EventOutbox outbox)
{
    /// <summary>Raises the event for a new status of an execution.</summary>
    public void AddStatusChange(SqliteConnection connection, PipelineExecution execution, string? previous)
    {
        var detail = new JsonObject
        {
            ["pipelineExecutionDisplayName"] = execution.Described.PipelineExecutionDisplayName,
            ["currentPipelineExecutionStatus"] = execution.Status,
            ["executionStartTime"] = PipelineExecution.TextOf(execution.StartTime),
            ["pipelineArn"] = execution.PipelineArn,
            ["pipelineExecutionArn"] = execution.Arn,
        };
        Set(detail, "previousPipelineExecutionStatus", previous);
        Set(detail, "pipelineExecutionDescription", execution.Described.PipelineExecutionDescription);
        if (execution.State.EndTime is { } end)
        {
            detail["executionEndTime"] = PipelineExecution.TextOf(end);
        }

        Add(connection, execution, "SageMaker Model Building Pipeline Execution Status Change", detail);
    }

    /// <summary>Raises the event for a new status of a step.</summary>
    public void AddStepStatusChange(
        SqliteConnection connection,
        PipelineExecution execution,
        StepRecord step,
        string? previous
    )
    {
        var detail = new JsonObject
        {
            ["metadata"] = step.Metadata is { } metadata ? InCamelCase(metadata) : new JsonObject(),
            ["stepStartTime"] = PipelineExecution.TextOf(step.StartTime),
            ["stepName"] = step.Name,
            ["stepType"] = step.Type,
            ["currentStepStatus"] = step.Status,
            ["pipelineArn"] = execution.PipelineArn,
            ["pipelineExecutionArn"] = execution.Arn,
        };
        Set(detail, "previousStepStatus", previous);
        Set(detail, "failureReason", step.FailureReason);
        if (step.EndTime is { } end)
        {
            detail["stepEndTime"] = PipelineExecution.TextOf(end);
        }

        Add(connection, execution, "SageMaker Model Building Pipeline Execution Step Status Change", detail);
    }

    private static JsonObject InCamelCase(JsonObject tree) =>
        new(
            tree.Select(member =>
                KeyValuePair.Create(
                    char.ToLowerInvariant(member.Key[0]) + member.Key[1..],
                    member.Value is JsonObject inner ? InCamelCase(inner) : member.Value?.DeepClone()
                )
            )
        );

    private static void Set(JsonObject tree, string name, string? value)
    {
        if (value is not null)
        {
            tree[name] = value;
        }
    }

    private void Add(SqliteConnection connection, PipelineExecution execution, string type, JsonObject detail) =>
        outbox.Add(connection, "aws.sagemaker", type, detail, execution.PipelineArn, execution.Arn);
}
