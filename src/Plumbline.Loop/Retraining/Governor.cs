using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.Loop.Home;
using Plumbline.Loop.Project;
using Plumbline.Loop.Pushing;
using Plumbline.Loop.Registry;
using Plumbline.Loop.Resources;
using Plumbline.Loop.Training;
using Plumbline.Records;
using Plumbline.Records.Project;
using Plumbline.Records.Sources;

namespace Plumbline.Loop.Retraining;

/// <summary>The reasons to ask for a training.</summary>
public enum Trigger
{
    /// <summary>A commit on the default branch.</summary>
    Push,

    /// <summary>The alarm on the figure, or a figure that stays bad.</summary>
    Alarm,

    Schedule,

    /// <summary>A person, with <c>plumb retrain</c>.</summary>
    Hand,
}

/// <summary>The decision of the governor about one request.</summary>
/// <param name="ExecutionArn">The execution that was started; null if none was.</param>
/// <param name="Reason">The reason in one sentence.</param>
public sealed record RetrainDecision(string? ExecutionArn, string Reason)
{
    public bool Started => ExecutionArn is not null;
}

/// <summary>
/// Starts every training, or refuses it and records why. It refuses while an execution runs. It refuses an alarm or a
/// schedule also in the cool-down, with too few new labels, and while a newer candidate waits for a person. After a
/// push was refused because of another training, the monitor asks again, with the commit that is the newest then.
/// </summary>
public sealed class Governor(LoopContext loop, ProjectFolder folder)
{
    private readonly Executions executions = new(loop);
    private readonly NewestCommit newestCommit = new(loop, new WorkTree(folder.Root));

    private string Pipeline => loop.Names.TrainingPipeline;

    /// <summary>Decides, and starts the execution.</summary>
    /// <param name="trigger">The reason for the training.</param>
    /// <param name="commit">The commit that is built; null if it is unknown.</param>
    /// <param name="cancellationToken">Ends it before the decision is made.</param>
    public async Task<RetrainDecision> DecideAsync(Trigger trigger, string? commit, CancellationToken cancellationToken)
    {
        var act = await loop.History.BeginAsync(
            "retrain",
            trigger.ToString().ToLowerInvariant(),
            commit is null ? null : $"commit {commit}",
            cancellationToken: cancellationToken
        );
        return await loop.History.DoAsync(
            act,
            () => DecideAsync(trigger, commit, act.Time, act.Id.ToString(), cancellationToken),
            decision => (decision.Started ? "started" : "refused", decision.Reason),
            cancellationToken
        );
    }

    private async Task<RetrainDecision> DecideAsync(
        Trigger trigger,
        string? commit,
        DateTimeOffset now,
        string holder,
        CancellationToken cancellationToken
    )
    {
        await using var lease = await Lease.TryTakeAsync(loop.Bucket, holder, cancellationToken);
        if (lease is null)
        {
            return await BusyAsync(trigger, "Another retraining is being decided at this moment.", cancellationToken);
        }

        var newest = await executions.NewestAsync(1, cancellationToken) is [var one, ..] ? one : null;
        if (newest?.IsRunning == true)
        {
            var running = $"An execution is in progress: {newest.Arn}.";
            return await BusyAsync(trigger, running, cancellationToken);
        }

        if (await RefusalAsync(trigger, commit, newest, now, cancellationToken) is { } refusal)
        {
            return new RetrainDecision(null, refusal);
        }

        // The inputs compile code, and read and hash the base data: where only labels can be new, they are counted first.
        var isByItself = trigger is Trigger.Alarm or Trigger.Schedule;
        var isInS3 = loop.Project.Data.InS3().Count > 0;
        if (isByItself && !isInS3 && await TooFewLabelsAsync(change: null, cancellationToken) is { } tooFew)
        {
            return new RetrainDecision(null, tooFew);
        }

        using var inputs = await TrainingInputs.OfAsync(folder, commit, loop.Clients.S3, cancellationToken);
        var change = await new BaseGrowth(loop).SinceTrainedAsync(inputs, cancellationToken);
        if (
            isByItself
            && isInS3
            && (BaseGrowth.Refusal(loop.Project.Data, change) ?? await TooFewLabelsAsync(change, cancellationToken))
                is { } reason
        )
        {
            return new RetrainDecision(null, reason);
        }

        var decision = await StartAsync(trigger, inputs, newest, change, cancellationToken);
        // A push in the meantime may have been refused because of this training.
        if (commit is not null && await newestCommit.IdAsync(cancellationToken) is var tip && (tip ?? commit) == commit)
        {
            await loop.Bucket.RemoveAsync(Layout.WaitingPush, cancellationToken);
        }

        return decision;
    }

    private async Task<RetrainDecision> BusyAsync(Trigger trigger, string reason, CancellationToken cancellationToken)
    {
        if (trigger != Trigger.Push)
        {
            return new RetrainDecision(null, reason);
        }

        await loop.Bucket.PutTextAsync(Layout.WaitingPush, "{}\n", cancellationToken);
        return new RetrainDecision(
            null,
            $"{reason} The newest commit is tried again after the next measurement (`plumb monitor run`)."
        );
    }

    private async Task<string?> RefusalAsync(
        Trigger trigger,
        string? commit,
        Execution? newest,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        // A person may train from any commit.
        if (
            trigger != Trigger.Hand
            && commit is not null
            && await newestCommit.IdAsync(cancellationToken) is { } tip
            && tip != commit
        )
        {
            return $"Commit {commit} is not the newest: the build of {tip} starts its own training.";
        }

        if (trigger is not (Trigger.Alarm or Trigger.Schedule))
        {
            return null;
        }

        if (CoolDown(newest, now) is { } coolDown)
        {
            return coolDown;
        }

        var versions = await new ModelRegistry(loop).ListAsync(cancellationToken);
        return await WaitingCandidateAsync(versions, cancellationToken);
    }

    private string? CoolDown(Execution? newest, DateTimeOffset now)
    {
        var coolDown = loop.Project.Retraining.CoolDown;
        var until = newest?.Started + coolDown;
        // Without a cool-down, until may still be after now: the history's clock has whole seconds.
        return coolDown > TimeSpan.Zero && until > now
            ? $"The cool-down lasts until {until.Value.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)}."
            : null;
    }

    private async Task<string?> WaitingCandidateAsync(
        IReadOnlyList<ModelVersion> versions,
        CancellationToken cancellationToken
    )
    {
        var production = await new ProductionModel(loop).FindAsync(cancellationToken);
        var live = versions.FirstOrDefault(version => version.Arn == production?.PackageArn)?.Version ?? 0;
        var waiting = ModelRegistry.Waiting(versions).LastOrDefault(version => version.Version > live);
        return waiting is null
            ? null
            : $"Version {waiting.Version} awaits approval: approve or reject it first (`plumb approve {waiting.Version}`).";
    }

    /// <summary>New base rows are labels, too; their number is known only when they are read.</summary>
    private async Task<string?> TooFewLabelsAsync(BaseChange? change, CancellationToken cancellationToken)
    {
        if (change is { IsGrowth: true })
        {
            return null;
        }

        var versions = await new ModelRegistry(loop).ListAsync(cancellationToken);
        var found = await new NewLabels(loop).CountAsync(versions, cancellationToken);
        var minimum = loop.Project.Retraining.MinNewLabels;
        return found.Count < minimum
            ? $"Only {Plural.Of(found.Count, "new label", "new labels")} since the newest registered version; {Plural.Of(minimum, "is", "are")} needed.{found.SetAside}"
            : null;
    }

    private async Task<RetrainDecision> StartAsync(
        Trigger trigger,
        TrainingInputs inputs,
        Execution? newest,
        BaseChange? change,
        CancellationToken cancellationToken
    )
    {
        await inputs.UploadAsync(loop.Bucket, folder, cancellationToken);
        await new ResourceApplier(loop).ApplyTrainingAsync(inputs, cancellationToken);
        await ApplyMonitorAsync(cancellationToken);
        var answer = await loop.Clients.SageMaker.StartPipelineExecutionAsync(
            new JsonObject
            {
                ["PipelineName"] = Pipeline,
                ["PipelineExecutionDisplayName"] = inputs.ExecutionName(trigger.ToString().ToLowerInvariant()),
                ["ClientRequestToken"] = await TokenAsync(trigger, inputs, newest, cancellationToken),
                ["PipelineParameters"] = new JsonArray(
                    new JsonObject
                    {
                        ["Name"] = TrainingParameters.Trigger,
                        ["Value"] = trigger.ToString().ToLowerInvariant(),
                    }
                ),
            },
            cancellationToken
        );
        var arn = answer.PipelineExecutionArn;
        return await IsNewAsync(arn, newest, cancellationToken)
            ? new RetrainDecision(arn, $"Started {arn}. {BaseGrowth.Sentence(loop.Project.Data, change)}".TrimEnd())
            : new RetrainDecision(
                null,
                $"The same commit, data and labels were trained already, by {arn}: `plumb retrain` trains once more."
            );
    }

    /// <summary>The monitor follows the newest commit, even if a person trains from another one.</summary>
    private async Task ApplyMonitorAsync(CancellationToken cancellationToken)
    {
        var applier = new ResourceApplier(loop);
        var isThere = await newestCommit.FollowAsync(
            text =>
                text is null
                    ? Task.CompletedTask
                    : applier.ApplyMonitorAsync(ProjectDescription.Parse(text), cancellationToken),
            cancellationToken
        );
        if (!isThere)
        {
            await applier.ApplyMonitorAsync(loop.Project, cancellationToken);
        }
    }

    /// <summary>
    /// SageMaker answers a repeated token with the earlier execution, which is not newer than the newest.
    /// </summary>
    private async Task<bool> IsNewAsync(string arn, Execution? newest, CancellationToken cancellationToken)
    {
        var before = newest?.Arn;
        // The lease keeps other governors away, but people may start executions in Studio at the same moment.
        var listed = await executions.NewestAsync(10, cancellationToken);
        return before is null
            || listed.Select(one => one.Arn).TakeWhile(listedArn => listedArn != before).Contains(arn);
    }

    /// <summary>
    /// An event that is delivered twice starts one execution: the token is a hash of the inputs and of the execution
    /// before. A push that was trained from is not trained from again, unless that training failed.
    /// </summary>
    private async Task<string> TokenAsync(
        Trigger trigger,
        TrainingInputs inputs,
        Execution? newest,
        CancellationToken cancellationToken
    )
    {
        var labels = await new NewLabels(loop).StateAsync(cancellationToken);
        var trained = trigger == Trigger.Push && newest?.Status == PipelineExecutionStatus.Succeeded;
        var after = trained ? "" : newest?.Arn;
        // A person who asks again wants another training.
        var once = trigger == Trigger.Hand ? Guid.NewGuid().ToString() : "";
        var text = $"{inputs.Commit}\n{inputs.BaseKey}\n{inputs.ProjectKey}\n{labels}\n{after}\n{trigger}\n{once}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
