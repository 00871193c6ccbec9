using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Services.SageMaker.Jobs;
using Plumbline.LocalCloud.Services.SageMaker.Tags;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.SageMaker.TrainingJobs;

internal sealed class TrainingJobStore(Database database, CivilClock clock, TagStore tags, EventOutbox outbox)
    : JobStore("Training", database, clock, tags, outbox)
{
    /// <exception cref="AwsException">The job does not exist.</exception>
    public DescribeTrainingJobResponse Find(string name) => new(Read(name));

    /// <summary>Moves a job to its next secondary status, unless the job is being stopped.</summary>
    public Task AdvanceAsync(
        string name,
        string secondaryStatus,
        string message,
        Action<JsonObject, DateTimeOffset>? change = null
    ) =>
        ChangeAsync(
            name,
            (tree, now) =>
            {
                if (IsInProgress(tree))
                {
                    Enter(tree, now, secondaryStatus, message);
                    change?.Invoke(tree, now);
                }
            }
        );

    /// <summary>Stores a job's last status and its end time.</summary>
    public Task EndAsync(
        string name,
        string status,
        string secondaryStatus,
        string message,
        Action<JsonObject, DateTimeOffset> change
    ) =>
        ChangeAsync(
            name,
            (tree, now) =>
            {
                tree[StatusMember] = status;
                tree["TrainingEndTime"] = Tree.Of(now);
                tree["TrainingStartTime"] ??= Tree.Of(now);
                change(tree, now);
                Enter(tree, now, secondaryStatus, message);
                Leave(tree, now);
            }
        );

    /// <inheritdoc/>
    protected override string NameIsTaken(string arn) =>
        $"Training job names must be unique within an AWS account and region, and a training job with this name already exists ({arn})";

    /// <inheritdoc/>
    protected override void Created(JsonObject tree, DateTimeOffset now) =>
        Enter(tree, now, SecondaryStatus.Starting, "Preparing the instances for training");

    /// <inheritdoc/>
    protected override void Stopping(JsonObject tree, DateTimeOffset now) =>
        Enter(tree, now, SecondaryStatus.Stopping, "Stopping the training job");

    /// <summary>Ends the current secondary status and begins the next.</summary>
    private static void Enter(JsonObject tree, DateTimeOffset now, string status, string message)
    {
        Leave(tree, now);
        tree["SecondaryStatus"] = status;
        var transitions = tree.Array("SecondaryStatusTransitions") ?? [];
        tree["SecondaryStatusTransitions"] = transitions;
        transitions.Add(
            new JsonObject
            {
                ["Status"] = status,
                ["StartTime"] = Tree.Of(now),
                ["StatusMessage"] = message,
            }
        );
    }

    private static void Leave(JsonObject tree, DateTimeOffset now)
    {
        if (tree.Array("SecondaryStatusTransitions") is { Count: > 0 } transitions)
        {
            transitions[^1]!["EndTime"] ??= Tree.Of(now);
        }
    }
}
