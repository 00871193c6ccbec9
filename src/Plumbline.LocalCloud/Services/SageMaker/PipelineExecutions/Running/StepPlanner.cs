using System.Text.Json.Nodes;
using Plumbline.Aws.Formats.Pipelines;
using Plumbline.Aws.Models;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Expressions;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Records;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.StepKinds;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Running;

/// <summary>
/// Chooses the steps to start: every step whose needs have succeeded and whose branch was taken, in the order of the
/// definition, within MaxParallelExecutionSteps. Branches do not rejoin: a step that needs a step of an untaken branch
/// never starts.
/// </summary>
internal sealed class StepPlanner(PipelineDefinition definition, RunSurroundings surroundings)
{
    // A property file does not change once its step has succeeded.
    private readonly Dictionary<string, JsonNode> files = [];

    /// <summary>Returns the steps to start now, and those that follow a condition that starts now.</summary>
    /// <param name="execution">The execution.</param>
    /// <param name="known">The started steps; the method does not change them.</param>
    public async Task<IReadOnlyList<StepRecord>> PlanAsync(
        PipelineExecution execution,
        IReadOnlyDictionary<string, StepRecord> known,
        CancellationToken cancellationToken
    )
    {
        var records = known.ToDictionary();
        var started = new List<StepRecord>();
        while (NextReady(execution, records) is { } step)
        {
            var record = await StartAsync(step, execution, records, attempt: null, cancellationToken);
            records[step.Name] = record;
            started.Add(record);
        }

        return started;
    }

    /// <summary>Returns the record of another attempt.</summary>
    public async Task<StepRecord> AgainAsync(
        StepRecord failed,
        DateTimeOffset due,
        PipelineExecution execution,
        IReadOnlyDictionary<string, StepRecord> records,
        CancellationToken cancellationToken
    )
    {
        var next = await StartAsync(definition.Steps[failed.Name], execution, records, failed, cancellationToken);
        return next with { RetryTime = next.IsActive ? due : null };
    }

    /// <summary>True if a Fail step has ended the execution. No other step starts after that.</summary>
    public static bool HasFailStep(IEnumerable<StepRecord> records) =>
        records.Any(record => record is { Type: StepTypes.Fail, Status: StepStatus.Failed });

    private StepDefinition? NextReady(PipelineExecution execution, Dictionary<string, StepRecord> records)
    {
        if (
            execution.Status != PipelineExecutionStatus.Executing
            || HasFailStep(records.Values)
            || records.Values.Count(record => record.IsActive) >= execution.MaxParallelSteps
        )
        {
            return null;
        }

        return definition.Steps.Values.FirstOrDefault(step =>
            !records.ContainsKey(step.Name)
            && (step.Branch is not { } branch || Taken(branch))
            && step.Needs.All(need => records.GetValueOrDefault(need)?.Status == StepStatus.Succeeded)
        );

        bool Taken(StepBranch branch) =>
            ConditionStepRunner.BranchOf(records.GetValueOrDefault(branch.Condition)) == branch.Outcome;
    }

    private async Task<StepRecord> StartAsync(
        StepDefinition step,
        PipelineExecution execution,
        IReadOnlyDictionary<string, StepRecord> records,
        StepRecord? attempt,
        CancellationToken cancellationToken
    )
    {
        var now = surroundings.Clock.GetUtcNow();
        var record = new StepRecord
        {
            Name = step.Name,
            Type = step.Type,
            Status = StepStatus.Starting,
            StartTime = attempt?.StartTime ?? now,
            AttemptCount = attempt?.AttemptCount + 1 ?? 1,
        };
        var evaluation = new Evaluation(definition, execution, now) { Steps = records, Files = files };
        try
        {
            await surroundings.PropertyFiles.ReadAsync(
                step.Arguments,
                evaluation,
                files,
                RunSurroundings.CallerOf(execution, step.Name),
                cancellationToken
            );
            return step.Type switch
            {
                StepTypes.Condition => ConditionStepRunner.End(record, step, evaluation),
                StepTypes.Fail => FailStepRunner.End(record, step, evaluation),
                _ => WithInput(record, step, execution, evaluation),
            };
        }
        catch (StepFailedException exception)
        {
            return record with
            {
                Status = StepStatus.Failed,
                EndTime = now,
                FailureReason = FailureText.Cut(exception.Message),
            };
        }
    }

    private static StepRecord WithInput(
        StepRecord record,
        StepDefinition step,
        PipelineExecution execution,
        Evaluation evaluation
    )
    {
        var kind = ResourceSteps.Of(step.Type)!;
        var prefix = kind.NameMember is { } member ? evaluation.Resolve(step.Arguments[member])?.ToString() : null;
        var name = ResourceSteps.NewName(kind, execution.Id, step.Name, prefix);
        var shape = ServiceModel.For("sagemaker").Operations[kind.CreateOperation].Input;
        evaluation.ResourceName = name;
        var input = evaluation.Resolve(step.Arguments, shape)!.AsObject();
        kind.Complete(input, name, step.Name, execution);
        return record with { ResourceName = name, Input = input };
    }
}
