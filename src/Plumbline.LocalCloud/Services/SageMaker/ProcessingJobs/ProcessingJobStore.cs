using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Services.SageMaker.Tags;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.SageMaker.ProcessingJobs;

/// <summary>Processing jobs: their requests and their status.</summary>
internal sealed class ProcessingJobStore(Database database, CivilClock clock, TagStore tags, EventOutbox outbox)
{
    private readonly Documents documents = new("sagemaker/processing-job");

    public static string ArnOf(string name) => SageMakerArn.OfLowerCase("processing-job", name);

    /// <returns>The ARN of the new job.</returns>
    /// <exception cref="AwsException">ResourceInUse: a job with this name exists.</exception>
    public Task<string> CreateAsync(JsonObject input)
    {
        var now = clock.GetUtcNow();
        var name = input.Text("ProcessingJobName")!;
        var arn = ArnOf(name);
        var tree = input.DeepClone().AsObject();
        tree.Remove("Tags");
        tree["ProcessingJobArn"] = arn;
        tree["CreationTime"] = Tree.Of(now);
        tree["ProcessingJobStatus"] = ProcessingJobStatus.InProgress;
        return database.WriteAsync(connection =>
        {
            if (!documents.TryAdd(connection, name, tree, now))
            {
                throw new AwsException(
                    "ResourceInUse",
                    400,
                    $"Job name must be unique within an AWS account and region, and a job with this name already exists ({arn})"
                );
            }

            tags.Add(connection, arn, input.Array("Tags"));
            AddEvent(connection, tree, now);
            return arn;
        });
    }

    /// <summary>Returns a job as DescribeProcessingJob shows it.</summary>
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

    /// <summary>Sets the start time, when the job's program starts.</summary>
    public Task StartedAsync(string name) =>
        ChangeAsync(name, (tree, now) => tree["ProcessingStartTime"] ??= Tree.Of(now));

    /// <summary>Stores a job's last status and its end time.</summary>
    public Task EndAsync(string name, string status, string? failureReason, string? exitMessage) =>
        ChangeAsync(
            name,
            (tree, now) =>
            {
                tree["ProcessingJobStatus"] = status;
                tree["ProcessingEndTime"] = Tree.Of(now);
                Set(tree, "FailureReason", failureReason);
                Set(tree, "ExitMessage", exitMessage);
            }
        );

    /// <summary>Makes a job Stopping. A job that is Stopping already stays so.</summary>
    /// <exception cref="AwsException">The job has ended, or does not exist.</exception>
    public Task StopAsync(string name) =>
        ChangeAsync(
            name,
            (tree, _) =>
            {
                var status = tree.Text("ProcessingJobStatus")!;
                if (!IsUnfinished(tree))
                {
                    throw SageMakerErrors.Validation(
                        $"The request was rejected because the processing job is in status {status}."
                    );
                }

                tree["ProcessingJobStatus"] = ProcessingJobStatus.Stopping;
            }
        );

    public bool IsStopping(string name) => Describe(name).Text("ProcessingJobStatus") == ProcessingJobStatus.Stopping;

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
                    $"The request was rejected because the processing job is in status {tree.Text("ProcessingJobStatus")}."
                );
            }

            documents.TryRemove(connection, name);
            tags.Forget(connection, ArnOf(name));
        });

    private static AwsException NotFound() => SageMakerErrors.Validation("Requested resource not found.");

    private static bool IsUnfinished(JsonObject tree) =>
        tree.Text("ProcessingJobStatus") is ProcessingJobStatus.InProgress or ProcessingJobStatus.Stopping;

    private static void Set(JsonObject tree, string member, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            tree[member] = text;
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

    private void AddEvent(SqliteConnection connection, JsonObject tree, DateTimeOffset modified) =>
        outbox.Add(
            connection,
            "aws.sagemaker",
            "SageMaker Processing Job State Change",
            JobEvent.Detail(tree, modified),
            tree.Text("ProcessingJobArn")!
        );
}
