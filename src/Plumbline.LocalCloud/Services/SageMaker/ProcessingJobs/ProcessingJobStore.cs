using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Services.SageMaker.Jobs;
using Plumbline.LocalCloud.Services.SageMaker.Tags;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.SageMaker.ProcessingJobs;

internal sealed class ProcessingJobStore(Database database, CivilClock clock, TagStore tags, EventOutbox outbox)
    : JobStore("Processing", database, clock, tags, outbox)
{
    /// <exception cref="AwsException">The job does not exist.</exception>
    public DescribeProcessingJobResponse Find(string name) => new(Read(name));

    /// <summary>Sets the start time, when the job's program starts.</summary>
    public Task StartedAsync(string name) =>
        ChangeAsync(name, (tree, now) => tree["ProcessingStartTime"] ??= Tree.Of(now));

    /// <summary>Stores a job's last status and its end time.</summary>
    public Task EndAsync(string name, string status, string? failureReason, string? exitMessage) =>
        ChangeAsync(
            name,
            (tree, now) =>
            {
                tree[StatusMember] = status;
                tree["ProcessingEndTime"] = Tree.Of(now);
                Set(tree, "FailureReason", failureReason);
                Set(tree, "ExitMessage", exitMessage);
            }
        );

    /// <inheritdoc/>
    protected override string NameIsTaken(string arn) =>
        $"Job name must be unique within an AWS account and region, and a job with this name already exists ({arn})";

    private static void Set(JsonObject tree, string member, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            tree[member] = text;
        }
    }
}
