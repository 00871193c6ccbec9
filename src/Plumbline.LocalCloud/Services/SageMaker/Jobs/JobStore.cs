using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Services.SageMaker.Tags;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.SageMaker.Jobs;

/// <summary>The jobs of one kind: their requests and their status.</summary>
/// <param name="kind">AWS's word at the start of the kind's members: <c>Training</c> or <c>Processing</c>.</param>
internal abstract class JobStore(string kind, Database database, CivilClock clock, TagStore tags, EventOutbox outbox)
{
    private readonly string word = kind.ToLowerInvariant();
    private readonly string arnMember = $"{kind}JobArn";
    private readonly Documents documents = new($"sagemaker/{kind.ToLowerInvariant()}-job");

    /// <summary>The member that contains a job's status. Each status of processing jobs is also one of training jobs.</summary>
    protected string StatusMember { get; } = $"{kind}JobStatus";

    /// <returns>The ARN of the new job.</returns>
    /// <exception cref="AwsException">ResourceInUse: a job with this name exists.</exception>
    public Task<string> CreateAsync(JsonObject input)
    {
        var now = clock.GetUtcNow();
        var name = input.Text($"{kind}JobName")!;
        var arn = ArnOf(name);
        var tree = input.DeepClone().AsObject();
        tree.Remove("Tags");
        tree.Remove("SessionChainingConfig");
        tree[arnMember] = arn;
        tree["CreationTime"] = Tree.Of(now);
        tree[StatusMember] = TrainingJobStatus.InProgress;
        Created(tree, now);
        return database.WriteAsync(connection =>
        {
            if (!documents.TryAdd(connection, name, tree, now))
            {
                throw InUse(NameIsTaken(arn));
            }

            tags.Add(connection, arn, input.Array("Tags"));
            AddEvent(connection, tree, now);
            return arn;
        });
    }

    public IReadOnlyList<Document> List() => database.Read(connection => documents.List(connection));

    /// <summary>Returns the names of the jobs that are in progress or being stopped.</summary>
    public IReadOnlyList<string> Unfinished() =>
        [.. List().Where(document => IsUnfinished(document.Tree)).Select(document => document.Key)];

    /// <summary>True if the job exists and is in progress or being stopped.</summary>
    public bool IsUnfinished(string name) =>
        database.Read(connection => documents.Find(connection, name)) is { } document && IsUnfinished(document.Tree);

    /// <summary>Makes a job Stopping. A job that is Stopping already stays so.</summary>
    /// <exception cref="AwsException">The job has ended, or does not exist.</exception>
    public Task StopAsync(string name) =>
        ChangeAsync(
            name,
            (tree, now) =>
            {
                if (!IsUnfinished(tree))
                {
                    throw SageMakerErrors.Validation(RefusedIn(tree));
                }

                if (IsInProgress(tree))
                {
                    tree[StatusMember] = TrainingJobStatus.Stopping;
                    Stopping(tree, now);
                }
            }
        );

    public bool IsStopping(string name) => Read(name).Text(StatusMember) == TrainingJobStatus.Stopping;

    /// <summary>Deletes a job that has ended.</summary>
    public Task DeleteAsync(string name) =>
        database.WriteAsync(connection =>
        {
            var tree = documents.Find(connection, name)?.Tree ?? throw NotFound();
            if (IsUnfinished(tree))
            {
                throw InUse(RefusedIn(tree));
            }

            documents.TryRemove(connection, name);
            tags.Forget(connection, ArnOf(name));
        });

    /// <summary>Returns a job with its LastModifiedTime.</summary>
    /// <exception cref="AwsException">The job does not exist.</exception>
    protected JsonObject Read(string name)
    {
        var document = database.Read(connection => documents.Find(connection, name)) ?? throw NotFound();
        document.Tree["LastModifiedTime"] = document.Modified / 1000.0;
        return document.Tree;
    }

    /// <summary>Changes a job and writes the event of the change, in one transaction.</summary>
    protected Task ChangeAsync(string name, Action<JsonObject, DateTimeOffset> change) =>
        database.WriteAsync(connection =>
        {
            var now = clock.GetUtcNow();
            var tree = documents.Find(connection, name)?.Tree ?? throw NotFound();
            change(tree, now);
            documents.TryReplace(connection, name, tree, now);
            AddEvent(connection, tree, now);
        });

    protected bool IsInProgress(JsonObject tree) => tree.Text(StatusMember) == TrainingJobStatus.InProgress;

    /// <summary>Returns AWS's message for a second job with a name.</summary>
    protected abstract string NameIsTaken(string arn);

    /// <summary>Adds members of a new job.</summary>
    protected virtual void Created(JsonObject tree, DateTimeOffset now) { }

    /// <summary>Changes further members of a job that becomes Stopping.</summary>
    protected virtual void Stopping(JsonObject tree, DateTimeOffset now) { }

    private static AwsException NotFound() => SageMakerErrors.Validation("Requested resource not found.");

    private static AwsException InUse(string message) => new("ResourceInUse", 400, message);

    private string ArnOf(string name) => SageMakerArn.OfLowerCase($"{word}-job", name);

    private bool IsUnfinished(JsonObject tree) =>
        tree.Text(StatusMember) is TrainingJobStatus.InProgress or TrainingJobStatus.Stopping;

    private string RefusedIn(JsonObject tree) =>
        $"The request was rejected because the {word} job is in status {tree.Text(StatusMember)}.";

    private void AddEvent(SqliteConnection connection, JsonObject tree, DateTimeOffset now) =>
        outbox.Add(
            connection,
            "aws.sagemaker",
            $"SageMaker {kind} Job State Change",
            JobEvent.Detail(tree, now),
            tree.Text(arnMember)!
        );
}
