using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Services.SageMaker.Tags;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.SageMaker.TrainingJobs;

/// <summary>Training jobs: their requests and their status.</summary>
internal sealed class TrainingJobStore(Database database, CivilClock clock, TagStore tags, EventOutbox outbox)
{
    private readonly Documents documents = new("sagemaker/training-job");

    public static string ArnOf(string name) => SageMakerArn.OfLowerCase("training-job", name);

    /// <returns>The ARN of the new job.</returns>
    /// <exception cref="AwsException">ResourceInUse: a job with this name exists.</exception>
    public Task<string> CreateAsync(JsonObject input)
    {
        var now = clock.GetUtcNow();
        var name = input.Text("TrainingJobName")!;
        var arn = ArnOf(name);
        var tree = input.DeepClone().AsObject();
        tree.Remove("Tags");
        tree["TrainingJobArn"] = arn;
        tree["CreationTime"] = Tree.Of(now);
        tree["TrainingJobStatus"] = TrainingJobStatus.InProgress;
        Enter(tree, now, SecondaryStatus.Starting, "Preparing the instances for training");
        return database.WriteAsync(connection =>
        {
            if (!documents.TryAdd(connection, name, tree, now))
            {
                throw new AwsException(
                    "ResourceInUse",
                    400,
                    $"Training job names must be unique within an AWS account and region, and a training job with this name already exists ({arn})"
                );
            }

            tags.Add(connection, arn, input.Array("Tags"));
            AddEvent(connection, tree);
            return arn;
        });
    }

    /// <exception cref="AwsException">The job does not exist.</exception>
    public JsonObject Find(string name) =>
        database.Read(connection => documents.Find(connection, name))?.Tree ?? throw NotFound();

    /// <summary>Returns a job with its LastModifiedTime.</summary>
    /// <exception cref="AwsException">The job does not exist.</exception>
    public JsonObject Describe(string name)
    {
        var document = database.Read(connection => documents.Find(connection, name)) ?? throw NotFound();
        document.Tree["LastModifiedTime"] = document.Modified / 1000.0;
        return document.Tree;
    }

    public IReadOnlyList<Document> List() => database.Read(connection => documents.List(connection));

    /// <summary>Returns the names of the jobs that are in progress or being stopped.</summary>
    public IReadOnlyList<string> Unfinished() =>
        [.. List().Where(document => IsUnfinished(document.Tree)).Select(document => document.Key)];

    /// <summary>True if the job exists and is in progress or being stopped.</summary>
    public bool IsUnfinished(string name) =>
        database.Read(connection => documents.Find(connection, name)) is { } document && IsUnfinished(document.Tree);

    /// <summary>Moves a job to its next secondary status, unless the job is being stopped.</summary>
    public Task AdvanceAsync(string name, string secondaryStatus, string message, Action<JsonObject>? change = null) =>
        ChangeAsync(
            name,
            (tree, now) =>
            {
                if (tree.Text("TrainingJobStatus") == TrainingJobStatus.InProgress)
                {
                    Enter(tree, now, secondaryStatus, message);
                    change?.Invoke(tree);
                }
            }
        );

    /// <summary>Stores a job's last status and its end time.</summary>
    public Task EndAsync(
        string name,
        string status,
        string secondaryStatus,
        string message,
        Action<JsonObject> change
    ) =>
        ChangeAsync(
            name,
            (tree, now) =>
            {
                tree["TrainingJobStatus"] = status;
                tree["TrainingEndTime"] = Tree.Of(now);
                tree["TrainingStartTime"] ??= Tree.Of(now);
                change(tree);
                Enter(tree, now, secondaryStatus, message);
                Leave(tree, now);
            }
        );

    /// <summary>Makes a job Stopping. A job that is Stopping already stays so.</summary>
    /// <exception cref="AwsException">The job has ended, or does not exist.</exception>
    public Task StopAsync(string name) =>
        ChangeAsync(
            name,
            (tree, now) =>
            {
                var status = tree.Text("TrainingJobStatus")!;
                if (status is not (TrainingJobStatus.InProgress or TrainingJobStatus.Stopping))
                {
                    throw SageMakerErrors.Validation(
                        $"The request was rejected because the training job is in status {status}."
                    );
                }

                if (status == TrainingJobStatus.InProgress)
                {
                    tree["TrainingJobStatus"] = TrainingJobStatus.Stopping;
                    Enter(tree, now, SecondaryStatus.Stopping, "Stopping the training job");
                }
            }
        );

    public bool IsStopping(string name) => Find(name).Text("TrainingJobStatus") == TrainingJobStatus.Stopping;

    /// <summary>Deletes a job that has ended.</summary>
    public Task DeleteAsync(string name) =>
        database.WriteAsync(connection =>
        {
            var tree = documents.Find(connection, name)?.Tree ?? throw NotFound();
            if (IsUnfinished(tree))
            {
                throw new AwsException(
                    "ResourceInUse",
                    400,
                    $"The request was rejected because the training job is in status {tree.Text("TrainingJobStatus")}."
                );
            }

            documents.TryRemove(connection, name);
            tags.Forget(connection, ArnOf(name));
        });

    private static AwsException NotFound() => SageMakerErrors.Validation("Requested resource not found.");

    private static bool IsUnfinished(JsonObject tree) =>
        tree.Text("TrainingJobStatus") is TrainingJobStatus.InProgress or TrainingJobStatus.Stopping;

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

    private Task ChangeAsync(string name, Action<JsonObject, DateTimeOffset> change) =>
        database.WriteAsync(connection =>
        {
            var now = clock.GetUtcNow();
            var tree = documents.Find(connection, name)?.Tree ?? throw NotFound();
            change(tree, now);
            documents.TryReplace(connection, name, tree, now);
            AddEvent(connection, tree, now);
        });

    private void AddEvent(SqliteConnection connection, JsonObject tree, DateTimeOffset? modified = null) =>
        outbox.Add(
            connection,
            "aws.sagemaker",
            "SageMaker Training Job State Change",
            JobEvent.Detail(tree, modified),
            tree.Text("TrainingJobArn")!
        );
}
