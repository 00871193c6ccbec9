using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Services.SageMaker.Pipelines;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Records;

/// <summary>Executions, their definitions and their steps. Each change and its events are one write.</summary>
internal sealed class PipelineExecutionStore(
    Database database,
    CivilClock clock,
    PipelineStore pipelines,
    PipelineExecutionEvents events
)
{
    private const string Kind = "sagemaker/pipeline-execution";

    private readonly Documents<ExecutionState> documents = new(Kind);

    /// <summary>Starts an execution. A repeated request with the same token gets the first execution.</summary>
    /// <param name="pipelineName">The pipeline.</param>
    /// <param name="token">The request's ClientRequestToken.</param>
    /// <param name="create">Creates the execution from the pipeline, during the write.</param>
    /// <returns>The ARN of the execution.</returns>
    public Task<string> StartAsync(
        string pipelineName,
        string token,
        Func<DescribePipelineResponse, DateTimeOffset, PipelineExecution> create
    ) =>
        database.WriteAsync(connection =>
        {
            var seen = connection.ExecuteScalar<string?>(
                "SELECT execution FROM pipeline_start_tokens WHERE pipeline = @pipelineName AND token = @token",
                new { pipelineName, token }
            );
            if (seen is not null)
            {
                return seen;
            }

            var now = clock.GetUtcNow();
            var pipeline = pipelines.Existing(connection, pipelineName);
            var described = new DescribePipelineResponse(pipeline.Tree);
            var execution = create(described, now);
            documents.TryAdd(connection, execution.Arn, execution.Tree, execution.State, now, pipelineName);
            connection.Execute(
                """
                INSERT INTO pipeline_definitions VALUES (@arn, @definition);
                INSERT INTO pipeline_start_tokens VALUES (@pipelineName, @token, @arn);
                """,
                new
                {
                    arn = execution.Arn,
                    definition = described.PipelineDefinition,
                    pipelineName,
                    token,
                }
            );
            pipelines.NoteRun(connection, pipeline, now);
            events.AddStatusChange(connection, execution, previous: null);
            return execution.Arn;
        });

    public PipelineExecution Find(string arn) => TryFind(arn) ?? throw PipelineErrors.ExecutionNotFound(arn);

    public PipelineExecution? TryFind(string arn) => database.Read(connection => TryFind(connection, arn));

    /// <summary>Returns the definition that an execution runs, which is a copy from its start.</summary>
    public string DefinitionOf(string arn) =>
        database.Read(connection =>
            connection.ExecuteScalar<string?>(
                "SELECT definition FROM pipeline_definitions WHERE execution = @arn",
                new { arn }
            )
        ) ?? throw PipelineErrors.ExecutionNotFound(arn);

    public IReadOnlyList<Document> List(string pipelineName) =>
        database.Read(connection => documents.List(connection, pipelineName));

    /// <summary>Returns the ARNs of the executions in progress.</summary>
    public IReadOnlyList<string> Active() =>
        database.Read(connection =>
            connection
                .Query<string>(
                    """
                    SELECT key FROM documents
                    WHERE kind = @Kind AND json_extract(tree, '$.PipelineExecutionStatus') IN ('Executing', 'Stopping')
                    ORDER BY created
                    """,
                    new { Kind }
                )
                .ToList()
        );

    /// <summary>Returns the started steps of an execution, in the order of their starts.</summary>
    public IReadOnlyList<StepRecord> StepsOf(string arn) =>
        database.Read(connection =>
            connection
                .Query<string>("SELECT record FROM pipeline_steps WHERE execution = @arn ORDER BY ordinal", new { arn })
                .Select(OwnJson.Read<StepRecord>)
                .ToList()
        );

    /// <summary>
    /// Stores steps, and the execution's end if it is not null. If the execution's status is no longer
    /// <paramref name="seenStatus"/>, on which the decision was based, nothing is written and the result is false.
    /// </summary>
    public Task<bool> SaveAsync(
        string arn,
        string seenStatus,
        IReadOnlyList<StepChange> steps,
        (string Status, string? Reason)? end
    ) =>
        database.WriteAsync(connection =>
        {
            if (TryFind(connection, arn) is not { } execution || execution.Status != seenStatus)
            {
                return false;
            }

            foreach (var step in steps)
            {
                Save(connection, execution, step);
            }

            if (end is var (status, reason))
            {
                SetStatus(connection, execution, status, reason);
            }

            return true;
        });

    /// <summary>Changes an execution's tree and its LastModifiedTime.</summary>
    public Task ChangeAsync(string arn, Action<JsonObject> change) =>
        database.WriteAsync(connection =>
        {
            var execution = Existing(connection, arn);
            change(execution.Tree);
            Replace(connection, execution);
        });

    /// <summary>Makes an execution Stopping. Returns false if it is Stopping already.</summary>
    public Task<bool> StopAsync(string arn, Caller caller) =>
        database.WriteAsync(connection =>
        {
            var execution = Existing(connection, arn);
            if (execution.Status == PipelineExecutionStatus.Stopping)
            {
                return false;
            }

            if (!execution.IsActive)
            {
                throw SageMakerErrors.Conflict(
                    $"Pipeline execution {arn} is {execution.Status}: only an execution that is Executing can be stopped."
                );
            }

            execution.Tree["LastModifiedBy"] = UserContext.Of(caller);
            SetStatus(connection, execution, PipelineExecutionStatus.Stopping, reason: null);
            return true;
        });

    /// <summary>Resumes an execution that failed or was stopped: steps that did not succeed start again.</summary>
    public Task RetryAsync(string arn, ParallelismConfiguration? parallelism) =>
        database.WriteAsync(connection =>
        {
            var execution = Existing(connection, arn);
            if (execution.Status is not (PipelineExecutionStatus.Failed or PipelineExecutionStatus.Stopped))
            {
                throw SageMakerErrors.Conflict(
                    $"Pipeline execution {arn} is {execution.Status}: only an execution that is Failed or Stopped can be retried."
                );
            }

            connection.Execute(
                "DELETE FROM pipeline_steps WHERE execution = @arn AND status <> @succeeded",
                new { arn, succeeded = StepStatus.Succeeded }
            );
            if (parallelism is not null)
            {
                execution.Tree["ParallelismConfiguration"] = parallelism.Tree.DeepClone();
            }

            execution.Tree.Remove("FailureReason");
            execution.State.EndTime = null;
            SetStatus(connection, execution, PipelineExecutionStatus.Executing, reason: null);
        });

    /// <summary>Deletes a pipeline and its executions. A pipeline with an execution in progress is refused.</summary>
    public Task DeletePipelineAsync(string pipelineName) =>
        database.WriteAsync(connection =>
        {
            var all = documents.List(connection, pipelineName);
            if (all.FirstOrDefault(document => Read(document).IsActive) is { } active)
            {
                throw SageMakerErrors.Conflict(
                    $"Pipeline {pipelineName} has a running execution, {active.Key}: stop it first."
                );
            }

            pipelines.Remove(connection, pipelineName);
            foreach (var document in all)
            {
                documents.TryRemove(connection, document.Key);
                connection.Execute(
                    """
                    DELETE FROM pipeline_definitions WHERE execution = @Key;
                    DELETE FROM pipeline_steps WHERE execution = @Key;
                    """,
                    new { document.Key }
                );
            }

            connection.Execute(
                "DELETE FROM pipeline_start_tokens WHERE pipeline = @pipelineName",
                new { pipelineName }
            );
        });

    private PipelineExecution Existing(SqliteConnection connection, string arn) =>
        TryFind(connection, arn) ?? throw PipelineErrors.ExecutionNotFound(arn);

    private PipelineExecution? TryFind(SqliteConnection connection, string arn) =>
        documents.Find(connection, arn) is { } document ? Read(document) : null;

    private static PipelineExecution Read(Document<ExecutionState> document) => new(new(document.Tree), document.State);

    private void Save(SqliteConnection connection, PipelineExecution execution, StepChange change)
    {
        var step = change.Step;
        var previous = change.Previous?.Status;
        connection.Execute(
            """
            INSERT INTO pipeline_steps VALUES (@arn, @name, @ordinal, @status, @record)
            ON CONFLICT DO UPDATE SET status = @status, record = @record
            """,
            new
            {
                arn = execution.Arn,
                name = step.Name,
                ordinal = change.Ordinal,
                status = step.Status,
                record = OwnJson.Write(step),
            }
        );
        if (previous != step.Status)
        {
            events.AddStepStatusChange(connection, execution, step, previous);
        }
    }

    private void SetStatus(SqliteConnection connection, PipelineExecution execution, string status, string? reason)
    {
        var previous = execution.Status;
        execution.Tree["PipelineExecutionStatus"] = status;
        if (reason is not null)
        {
            execution.Tree["FailureReason"] = reason;
        }

        if (!execution.IsActive)
        {
            execution.State.EndTime = clock.GetUtcNow();
        }

        Replace(connection, execution);
        events.AddStatusChange(connection, execution, previous);
    }

    private void Replace(SqliteConnection connection, PipelineExecution execution)
    {
        var now = clock.GetUtcNow();
        execution.Tree["LastModifiedTime"] = Tree.Of(now);
        documents.TryReplace(connection, execution.Arn, execution.Tree, execution.State, now);
    }
}

/// <summary>A changed step that is to be stored.</summary>
/// <param name="Step">The new record of the step.</param>
/// <param name="Previous">The stored record of the step; null if the step starts.</param>
/// <param name="Ordinal">The position of a step that starts among all started steps; not used for another step.</param>
internal sealed record StepChange(StepRecord Step, StepRecord? Previous, int Ordinal);
