using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Services.Iam.Authorization;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Records;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.StepKinds;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Running;

/// <summary>
/// Creates the resource of a step, and follows it to its end. The follower stores nothing: after a crash it repeats the
/// call that is on disk, and the answer is that the resource exists already.
/// </summary>
internal sealed class StepFollower(
    StepRecord started,
    PipelineExecution execution,
    Action<StepNews> tell,
    RunSurroundings surroundings
)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);
    private static readonly Task Never = new TaskCompletionSource().Task;

    private readonly IResourceStep kind = ResourceSteps.Of(started.Type)!;
    private readonly Caller caller = RunSurroundings.CallerOf(execution, started.Name);
    private readonly TaskCompletionSource stop = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // The record from the start; the ARN is added when it is known.
    private StepRecord record = started;

    /// <summary>Makes the follower stop the step's resource.</summary>
    public void Stop() => stop.TrySetResult();

    /// <summary>Follows the step to its end, and reports it.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (record.Status == StepStatus.Stopping)
        {
            Stop();
        }

        if (record.RetryTime is { } due && !await WaitUntilAsync(due, cancellationToken))
        {
            tell(new StepEnded(record.Name, StepStatus.Stopped, null, null));
            return;
        }

        if (record.Status == StepStatus.Stopping || await TryMakeAsync(cancellationToken))
        {
            await WatchAsync(cancellationToken);
        }
    }

    /// <summary>Creates the resource unless it exists already. Returns false after reporting a refusal.</summary>
    private async Task<bool> TryMakeAsync(CancellationToken cancellationToken)
    {
        var operation = kind.CreateOperation;
        try
        {
            if (kind.First(record.Input!) is var (first, needed))
            {
                operation = first;
                await MakeFirstAsync(first, needed, cancellationToken);
                operation = kind.CreateOperation;
            }

            CheckTags();
            var own = kind.CallInput((JsonObject)record.Input!.DeepClone());
            MadeIs(await CallAsync(operation, own, cancellationToken));
            return true;
        }
        catch (AwsException refusal) when (IsThere(refusal))
        {
            return true;
        }
        catch (AwsException refusal)
        {
            tell(new StepRefused(record.Name, operation, refusal));
            return false;
        }
    }

    /// <summary>Creates the resource's parent, such as the group of a model package.</summary>
    private async Task MakeFirstAsync(string operation, JsonObject input, CancellationToken cancellationToken)
    {
        try
        {
            await CallAsync(operation, input, cancellationToken);
        }
        catch (AwsException exists) when (IsThere(exists))
        {
            // The parent exists already, which is the usual case.
        }
    }

    private void CheckTags()
    {
        if (
            kind.TaggedVersion(record.Input!) is { } version
            && surroundings.Rights.Missing(SageMakerAsks.TagVersion, caller, version) is { } missing
        )
        {
            throw new AwsException("AccessDeniedException", 400, missing.Message);
        }
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        var asked = false;
        while (true)
        {
            var signal = record.ResourceArn is { } arn ? surroundings.Signals.Next(arn) : Never;
            if (await LookAsync(cancellationToken) is { } end)
            {
                surroundings.Signals.Forget(end.Described?.Text(kind.ArnMember) ?? "");
                tell(end);
                return;
            }

            if (stop.Task.IsCompleted && !asked && kind.StopOperation is not null)
            {
                asked = true;
                await AskToStopAsync(cancellationToken);
                continue;
            }

            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(
                asked ? signal : Task.WhenAny(signal, stop.Task),
                ProcessTime.Delay(LookAgain, enough.Token)
            );
            await enough.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task<StepEnded?> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var described = await CallAsync(kind.DescribeOperation, kind.Naming(record), cancellationToken);
            if (kind.EndOf(described) is var (status, reason))
            {
                return new StepEnded(record.Name, status, reason, described);
            }

            MadeIs(described);
            return null;
        }
        catch (AwsException refusal) when (refusal.Status < 500)
        {
            // The resource was deleted, or was never created because the step was stopped before.
            return record.Status == StepStatus.Stopping
                ? new StepEnded(record.Name, StepStatus.Stopped, null, null)
                : new StepEnded(record.Name, StepStatus.Failed, FailureText.WithClass(refusal.Message), null);
        }
        catch (AwsException)
        {
            return null;
        }
    }

    private void MadeIs(JsonObject answer)
    {
        if (record.ResourceArn is null && answer.Text(kind.ArnMember) is { } arn)
        {
            record = record with { ResourceArn = arn };
            if (kind.StopOperation is not null)
            {
                tell(new StepMade(record.Name, arn));
            }
        }
    }

    private async Task AskToStopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await CallAsync(kind.StopOperation!, kind.Naming(record), cancellationToken);
        }
        catch (AwsException)
        {
            // The job has ended by itself; the next look finds its end.
        }
    }

    /// <summary>Waits for the time of the next attempt. Returns false if the step is stopped before.</summary>
    private async Task<bool> WaitUntilAsync(DateTimeOffset due, CancellationToken cancellationToken)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var timer = surroundings.Scheduler.At(
            due,
            _ =>
            {
                reached.TrySetResult();
                return Task.CompletedTask;
            }
        );
        await Task.WhenAny(reached.Task, stop.Task).WaitAsync(cancellationToken);
        return !stop.Task.IsCompleted;
    }

    private async Task<JsonObject> CallAsync(string operation, JsonObject input, CancellationToken cancellationToken)
    {
        try
        {
            return await surroundings.Dispatcher.CallAsync("sagemaker", operation, input, caller, cancellationToken);
        }
        catch (Exception exception) when (exception is not (AwsException or OperationCanceledException))
        {
            Log.CallFailed(surroundings.Logger, operation, execution.Arn, exception);
            throw Failure.Of(exception);
        }
    }

    // Jobs answer ResourceInUse, models a ValidationException. The name is unique to this step, so the resource is its
    // own.
    private static bool IsThere(AwsException refusal) => refusal.Code == "ResourceInUse" || refusal.IsExisting();
}
