using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.Loop.Data;
using Plumbline.Loop.Deployment;
using Plumbline.Loop.Home;
using Plumbline.Loop.Project;
using Plumbline.Loop.Pushing;
using Plumbline.Loop.Resources;
using Plumbline.Loop.Training;
using Plumbline.Records;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Project;
using Plumbline.Records.Sources;

namespace Plumbline.Loop.Retraining;

/// <summary>The decision of the governor about one request.</summary>
/// <param name="ExecutionArn">The execution that was started; null if none was.</param>
/// <param name="Reason">The reason in one sentence.</param>
public sealed record RetrainDecision(string? ExecutionArn, string Reason)
{
    public bool Started => ExecutionArn is not null;
}

/// <summary>
/// Starts every training, or refuses it, and records why with figures. It refuses while an execution runs; what the loop
/// itself asks for also has to pass <see cref="Refusals"/>. After a push was refused because of another training, the
/// monitor asks again, with the commit that is the newest then.
/// </summary>
public sealed class Governor(LoopContext loop, ProjectFolder folder)
{
    /// <summary>A decision takes some seconds; one that uploads much base data is waited for in vain.</summary>
    private const int LeaseTries = 60;

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
            trigger.Word(),
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
        await using var lease = await Lease.TakeAsync(loop.Bucket, holder, LeaseTries, cancellationToken);
        if (lease is null)
        {
            return await BusyAsync(trigger, "Another retraining is being decided at this moment.", cancellationToken);
        }

        var newest = await executions.NewestAsync(1, cancellationToken) is [var one, ..] ? one : null;
        if (newest?.IsRunning == true)
        {
            var running = $"An execution is in progress since {newest.Started:u}: {newest.Arn}.";
            return await BusyAsync(trigger, running, cancellationToken);
        }

        if (await StaleAsync(trigger, commit, cancellationToken) is { } stale)
        {
            return new RetrainDecision(null, stale);
        }

        var facts = new RetrainingFacts(loop);
        var occasion = new Occasion(loop, facts);
        var refusals = new Refusals(loop, facts);
        var isByItself = trigger.IsByItself();
        if (isByItself && await refusals.FindAsync(trigger, newest, now, cancellationToken) is { } refusal)
        {
            return await RefusedAsync(refusal);
        }

        // The inputs compile code, and read and hash the base data: where only labels can be new, they are counted first.
        var isInS3 = loop.Project.Data.InS3().Count > 0;
        if (isByItself && !isInS3 && await refusals.TooFewLabelsAsync(change: null, cancellationToken) is { } tooFew)
        {
            return await RefusedAsync(tooFew);
        }

        var parts = new ListedParts(loop.Bucket, now);
        using var inputs = await TrainingInputs.OfAsync(folder, commit, loop.Clients.S3, parts, cancellationToken);
        var change = await new BaseGrowth(loop).SinceTrainedAsync(inputs, facts, cancellationToken);
        if (
            isByItself
            && isInS3
            && (
                BaseGrowth.Refusal(loop.Project.Data, change)
                ?? await refusals.TooFewLabelsAsync(change, cancellationToken)
            )
                is { } reason
        )
        {
            return await RefusedAsync(reason);
        }

        var kind = await facts.KindAsync(trigger, cancellationToken);
        string[] why =
        [
            await occasion.AskedAsync(trigger, cancellationToken),
            kind.Reason,
            await occasion.StateAsync(trigger, now, cancellationToken),
            BaseGrowth.Sentence(loop.Project.Data, change),
            (await SchemaChange.NextAsync(loop, folder, cancellationToken))?.Reason ?? "",
        ];
        var decision = await StartAsync(
            trigger,
            kind,
            inputs,
            newest,
            string.Join(" ", why.Where(one => one.Length > 0)),
            cancellationToken
        );
        // A push in the meantime may have been refused because of this training.
        if (commit is not null && await newestCommit.IdAsync(cancellationToken) is var tip && (tip ?? commit) == commit)
        {
            await loop.Bucket.RemoveAsync(Layout.WaitingPush, cancellationToken);
        }

        return decision;

        async Task<RetrainDecision> RefusedAsync(string refusal) =>
            new(null, $"{refusal} {await occasion.AskedAsync(trigger, cancellationToken)}");
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

    /// <summary>The reason why a build of an older commit starts nothing. A person may train from any commit.</summary>
    private async Task<string?> StaleAsync(Trigger trigger, string? commit, CancellationToken cancellationToken) =>
        trigger != Trigger.Hand
        && commit is not null
        && await newestCommit.IdAsync(cancellationToken) is { } tip
        && tip != commit
            ? $"Commit {commit} is not the newest: the build of {tip} starts its own training."
            : null;

    private async Task<RetrainDecision> StartAsync(
        Trigger trigger,
        TrainingKind kind,
        TrainingInputs inputs,
        Execution? newest,
        string why,
        CancellationToken cancellationToken
    )
    {
        await inputs.UploadAsync(loop.Bucket, folder, cancellationToken);
        await new ResourceApplier(loop).ApplyTrainingAsync(inputs, cancellationToken);
        await ApplyMonitorAsync(inputs, cancellationToken);
        var answer = await loop.Clients.SageMaker.StartPipelineExecutionAsync(
            new JsonObject
            {
                ["PipelineName"] = Pipeline,
                ["PipelineExecutionDisplayName"] = inputs.ExecutionName(trigger.Word()),
                ["ClientRequestToken"] = await TokenAsync(trigger, inputs, newest, cancellationToken),
                ["PipelineParameters"] = new JsonArray([
                    Parameter(TrainingParameters.Trigger, trigger.Word()),
                    .. loop.Project.Training.Refreshes()
                        ? (JsonNode[])[Parameter(TrainingParameters.TrainingKind, kind.Word)]
                        : [],
                ]),
            },
            cancellationToken
        );
        var arn = answer.PipelineExecutionArn;
        return await IsNewAsync(arn, newest, cancellationToken)
            ? new RetrainDecision(arn, $"Started {arn}. {why}".TrimEnd())
            : new RetrainDecision(
                null,
                $"The same commit, data and labels were trained already, by {arn}: `plumb retrain` trains once more."
            );
    }

    private static JsonObject Parameter(string name, string value) => new() { ["Name"] = name, ["Value"] = value };

    /// <summary>The monitor follows the newest commit, even if a person trains from another one.</summary>
    private async Task ApplyMonitorAsync(TrainingInputs inputs, CancellationToken cancellationToken)
    {
        var applier = new ResourceApplier(loop);
        var isThere = await newestCommit.FollowAsync(
            (newest, text) =>
                text is null
                    ? Task.CompletedTask
                    : applier.ApplyMonitorAsync(
                        loop.DescriptionOf(text).WithScore(newest == inputs.Commit ? inputs.ScoreKey : null),
                        cancellationToken
                    ),
            cancellationToken
        );
        if (!isThere)
        {
            await applier.ApplyMonitorAsync(loop.Project.WithScore(inputs.ScoreKey), cancellationToken);
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
