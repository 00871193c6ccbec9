using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Plumbline.Aws.Arns;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Formats.Pipelines;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.Loop.Home;

namespace Plumbline.Loop.Training;

/// <summary>An execution of the training pipeline.</summary>
/// <param name="Arn">The execution's ARN.</param>
/// <param name="Name">The display name: the trigger, and the commit if it is known.</param>
/// <param name="Status">Executing, Stopping, Stopped, Failed or Succeeded.</param>
/// <param name="Started">When it was started.</param>
/// <param name="Ended">When it was last changed, once it has ended.</param>
/// <param name="FailureReason">The reason if it failed.</param>
public sealed record Execution(
    string Arn,
    string Name,
    string Status,
    DateTimeOffset? Started,
    DateTimeOffset? Ended,
    string? FailureReason
)
{
    /// <summary>The last part of its ARN.</summary>
    public string Id => Aws.Arns.Arn.NameOf(Arn);

    /// <summary>True until it has ended.</summary>
    public bool IsRunning => Runs(Status);

    /// <summary>True if it has ended well.</summary>
    public bool IsSucceeded => Status == PipelineExecutionStatus.Succeeded;

    /// <summary>True for the statuses of an execution that has not ended.</summary>
    public static bool Runs(string status) =>
        status is PipelineExecutionStatus.Executing or PipelineExecutionStatus.Stopping;
}

/// <summary>A step of an execution that has started.</summary>
/// <param name="Name">Its name in the definition.</param>
/// <param name="Status">Starting, Executing, Stopping, Stopped, Failed or Succeeded.</param>
/// <param name="Started">When it started.</param>
/// <param name="Ended">When it ended.</param>
/// <param name="FailureReason">The reason if it failed.</param>
/// <param name="Made">The ARN of the job or package that it created; null if it created none.</param>
/// <param name="Outcome">The outcome of a condition step.</param>
public sealed record ExecutionStep(
    string Name,
    string Status,
    DateTimeOffset? Started,
    DateTimeOffset? Ended,
    string? FailureReason,
    string? Made,
    string? Outcome
)
{
    /// <summary>The parts of <see cref="Made"/>.</summary>
    [JsonIgnore]
    public Arn? MadeArn => Arn.TryParse(Made, out var arn) ? arn : null;
}

/// <summary>The executions of the training pipeline.</summary>
public sealed class Executions(LoopContext loop)
{
    /// <summary>The largest page of ListPipelineExecutions.</summary>
    private const int LargestPage = 100;

    /// <summary>All executions, newest first.</summary>
    public Task<IReadOnlyList<Execution>> ListAsync(CancellationToken cancellationToken = default) =>
        NewestAsync(int.MaxValue, cancellationToken);

    /// <summary>At most <paramref name="most"/> executions, newest first; empty before the first build.</summary>
    public async Task<IReadOnlyList<Execution>> NewestAsync(int most, CancellationToken cancellationToken = default)
    {
        var input = new JsonObject
        {
            ["PipelineName"] = loop.Names.TrainingPipeline,
            ["SortBy"] = "CreationTime",
            ["SortOrder"] = "Descending",
        };
        if (most < LargestPage)
        {
            input["MaxResults"] = most;
        }

        var executions = new List<Execution>();
        var listed = loop.Clients.SageMaker.ListPipelineExecutionsPagedAsync(input, cancellationToken);
        try
        {
            await foreach (var summary in listed.Take(most))
            {
                executions.Add(
                    new Execution(
                        summary.PipelineExecutionArn,
                        summary.PipelineExecutionDisplayName ?? "",
                        summary.PipelineExecutionStatus,
                        summary.StartTime,
                        Ended: null,
                        summary.PipelineExecutionFailureReason
                    )
                );
            }
        }
        catch (AwsException missing) when (missing.IsMissing())
        {
            // Before the first build.
        }

        return executions;
    }

    /// <summary>One execution by its id, or null.</summary>
    public async Task<Execution?> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        try
        {
            var found = await loop.Clients.SageMaker.DescribePipelineExecutionAsync(
                new JsonObject { ["PipelineExecutionArn"] = ArnOf(id) },
                cancellationToken
            );
            return new Execution(
                found.PipelineExecutionArn,
                found.PipelineExecutionDisplayName ?? "",
                found.PipelineExecutionStatus,
                found.CreationTime,
                Execution.Runs(found.PipelineExecutionStatus) ? null : found.LastModifiedTime,
                found.FailureReason
            );
        }
        catch (AwsException missing) when (missing.Status is 400 or 404)
        {
            return null;
        }
    }

    /// <summary>The ARN of an execution by its id.</summary>
    public string ArnOf(string id) => $"{loop.Names.PipelineArn(loop.Names.TrainingPipeline)}/execution/{id}";

    /// <summary>The steps that have started, in that order.</summary>
    public async Task<IReadOnlyList<ExecutionStep>> StepsAsync(
        string arn,
        CancellationToken cancellationToken = default
    )
    {
        var steps = new List<ExecutionStep>();
        var listed = loop.Clients.SageMaker.ListPipelineExecutionStepsPagedAsync(
            new JsonObject { ["PipelineExecutionArn"] = arn, ["SortOrder"] = "Ascending" },
            cancellationToken
        );
        await foreach (var step in listed)
        {
            // The metadata has one member, named by the step's type.
            var made = step.Tree.Object("Metadata")?.FirstOrDefault().Value as JsonObject;
            steps.Add(
                new ExecutionStep(
                    step.StepName,
                    step.StepStatus,
                    step.StartTime,
                    step.EndTime,
                    step.FailureReason,
                    made?.Text("Arn"),
                    made?.Text("Outcome")
                )
            );
        }

        return steps;
    }

    /// <summary>The definition that an execution runs.</summary>
    public async Task<PipelineDefinition> DefinitionAsync(string arn, CancellationToken cancellationToken = default)
    {
        var described = await loop.Clients.SageMaker.DescribePipelineDefinitionForExecutionAsync(
            new JsonObject { ["PipelineExecutionArn"] = arn },
            cancellationToken
        );
        return PipelineDefinition.Read(described.PipelineDefinition);
    }
}
