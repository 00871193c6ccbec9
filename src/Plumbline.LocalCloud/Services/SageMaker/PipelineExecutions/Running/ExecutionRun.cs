using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Plumbline.Aws.Formats.Pipelines;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Records;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.StepKinds;
using Channel = System.Threading.Channels.Channel;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Running;

/// <summary>
/// Runs one execution to its end: receives news of steps, decides the next changes, stores them, and only then acts on
/// them. All its state is on disk, so another run can take over at any moment.
/// </summary>
internal sealed class ExecutionRun(string arn, RunSurroundings surroundings)
{
    private readonly Channel<StepNews?> news = Channel.CreateUnbounded<StepNews?>();
    private readonly Dictionary<string, StepFollower> followers = [];
    private readonly Dictionary<string, StepRecord> records = [];
    private readonly StepActivities activities = new();
    private PipelineDefinition definition = null!;

    /// <summary>Makes the run read the stored execution again.</summary>
    public void Wake() => news.Writer.TryWrite(null);

    /// <summary>Runs until the execution has ended.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // A run that takes over after a failure starts its own followers, so those of this run must end.
        using var ours = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            definition = PipelineDefinition.Read(surroundings.Store.DefinitionOf(arn));
            foreach (var record in surroundings.Store.StepsOf(arn))
            {
                records[record.Name] = record;
            }

            await RunToEndAsync(ours.Token);
        }
        catch (PipelineDefinitionException exception)
        {
            // Another version of the local cloud accepted this definition.
            var seen = surroundings.Store.Find(arn).Status;
            await surroundings.Store.SaveAsync(arn, seen, [], (PipelineExecutionStatus.Failed, exception.Message));
        }
        finally
        {
            await ours.CancelAsync();
            activities.Leave();
        }
    }

    private async Task RunToEndAsync(CancellationToken cancellationToken)
    {
        var planner = new StepPlanner(definition, surroundings);
        var heard = new List<StepNews>();
        foreach (var record in records.Values.Where(record => record.IsActive))
        {
            Follow(record, surroundings.Store.Find(arn), cancellationToken);
        }

        while (surroundings.Store.TryFind(arn) is { IsActive: true } execution)
        {
            var changes = await DecideAsync(execution, planner, heard, cancellationToken);
            if (!await surroundings.Store.SaveAsync(arn, execution.Status, changes.Steps, changes.End))
            {
                // The execution was stopped meanwhile: decide again.
                continue;
            }

            heard.Clear();
            foreach (var change in changes.Steps)
            {
                records[change.Step.Name] = change.Step;
                if (!change.Step.IsActive)
                {
                    activities.End(execution, change.Step);
                }
            }

            if (changes.End is not null)
            {
                return;
            }

            Act(changes.Steps.Select(change => change.Step), execution, cancellationToken);
            await HearAsync(heard, cancellationToken);
        }
    }

    private async Task<(IReadOnlyList<StepChange> Steps, (string, string?)? End)> DecideAsync(
        PipelineExecution execution,
        StepPlanner planner,
        List<StepNews> heard,
        CancellationToken cancellationToken
    )
    {
        var next = records.ToDictionary();
        var changed = new HashSet<string>();
        foreach (var one in heard)
        {
            next[one.Step] = await AfterAsync(one, next[one.Step], execution, planner, next, cancellationToken);
            changed.Add(one.Step);
        }

        foreach (var record in await planner.PlanAsync(execution, next, cancellationToken))
        {
            next[record.Name] = record;
            changed.Add(record.Name);
        }

        if (execution.Status == PipelineExecutionStatus.Stopping || StepPlanner.HasFailStep(next.Values))
        {
            foreach (var record in next.Values.Where(record => record.IsActive && CanStop(record)).ToList())
            {
                next[record.Name] = record with { Status = StepStatus.Stopping };
                changed.Add(record.Name);
            }
        }

        var ordinal = records.Count;
        var steps =
            from name in changed
            let before = records.GetValueOrDefault(name)
            where next[name] != before
            select new StepChange(next[name], before, before is null ? ordinal++ : 0);
        return ([.. steps], next.Values.Any(record => record.IsActive) ? null : EndOf(execution, next.Values));
    }

    private async Task<StepRecord> AfterAsync(
        StepNews one,
        StepRecord record,
        PipelineExecution execution,
        StepPlanner planner,
        IReadOnlyDictionary<string, StepRecord> all,
        CancellationToken cancellationToken
    )
    {
        var now = surroundings.Clock.GetUtcNow();
        if (one is StepMade made)
        {
            var status = record.Status == StepStatus.Stopping ? record.Status : StepStatus.Executing;
            return WithArn(record with { Status = status, RetryTime = null }, made.Arn);
        }

        var type = one switch
        {
            StepRefused refused => RetryRule.TypeOf(refused.Refusal),
            StepEnded { Status: StepStatus.Failed } failed => RetryRule.TypeOf(failed.Reason),
            _ => null,
        };
        if (
            execution.Status == PipelineExecutionStatus.Executing
            && RetryRule.Next(definition.Steps[one.Step], record, type, now) is { } due
        )
        {
            return await planner.AgainAsync(record, due, execution, all, cancellationToken);
        }

        return one switch
        {
            StepRefused refused => record with
            {
                Status = StepStatus.Failed,
                EndTime = now,
                FailureReason = FailureText.Of(refused.Operation, refused.Refusal, execution, one.Step),
            },
            StepEnded ended => Ended(record, ended, now),
            _ => record,
        };
    }

    private static StepRecord Ended(StepRecord record, StepEnded ended, DateTimeOffset now)
    {
        var arn = ended.Described?[ResourceSteps.Of(record.Type)!.ArnMember]?.ToString();
        return (arn is null ? record : WithArn(record, arn)) with
        {
            Status = ended.Status,
            EndTime = now,
            RetryTime = null,
            FailureReason = ended.Reason is { } reason ? FailureText.Cut(reason) : null,
            Properties = ended.Described,
        };
    }

    private static StepRecord WithArn(StepRecord record, string arn) =>
        record with
        {
            ResourceArn = arn,
            Metadata = new() { [ResourceSteps.Of(record.Type)!.MetadataMember] = new JsonObject { ["Arn"] = arn } },
        };

    private static (string, string?) EndOf(PipelineExecution execution, IEnumerable<StepRecord> all) =>
        execution.Status == PipelineExecutionStatus.Stopping ? (PipelineExecutionStatus.Stopped, null)
        : all.All(record => record.Status == StepStatus.Succeeded) ? (PipelineExecutionStatus.Succeeded, null)
        : (PipelineExecutionStatus.Failed, FailureText.OfExecution);

    // Steps that finish immediately are not stopped.
    private static bool CanStop(StepRecord record) => ResourceSteps.Of(record.Type)?.StopOperation is not null;

    private void Act(IEnumerable<StepRecord> changed, PipelineExecution execution, CancellationToken cancellationToken)
    {
        foreach (var record in changed)
        {
            if (!record.IsActive)
            {
                followers.Remove(record.Name);
            }
            else if (record.Status == StepStatus.Starting)
            {
                Follow(record, execution, cancellationToken);
            }
            else if (record.Status == StepStatus.Stopping)
            {
                followers[record.Name].Stop();
            }
        }
    }

    private void Follow(StepRecord record, PipelineExecution execution, CancellationToken cancellationToken)
    {
        var follower = new StepFollower(record, execution, one => news.Writer.TryWrite(one), surroundings);
        followers[record.Name] = follower;
        var activity = activities.Of(execution, record);
        _ = Task.Run(() => FollowAsync(follower, activity, cancellationToken), CancellationToken.None);
    }

    private async Task FollowAsync(StepFollower follower, Activity? activity, CancellationToken cancellationToken)
    {
        // The calls of the step are its children.
        Activity.Current = activity ?? Activity.Current;
        try
        {
            await follower.RunAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The run has ended.
        }
        catch (Exception exception)
        {
            news.Writer.TryComplete(exception);
        }
    }

    private async Task HearAsync(List<StepNews> heard, CancellationToken cancellationToken)
    {
        if (!await news.Reader.WaitToReadAsync(cancellationToken))
        {
            await news.Reader.Completion;
        }

        while (news.Reader.TryRead(out var one))
        {
            if (one is not null)
            {
                heard.Add(one);
            }
        }
    }
}
