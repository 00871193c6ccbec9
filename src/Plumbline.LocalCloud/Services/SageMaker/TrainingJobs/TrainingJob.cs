using System.Text.Json.Nodes;
using Plumbline.Aws.Formats;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Processes.Capacity;
using Plumbline.LocalCloud.Processes.Jobs;

namespace Plumbline.LocalCloud.Services.SageMaker.TrainingJobs;

/// <summary>One training job in progress.</summary>
internal sealed class TrainingJob : IContainerJob
{
    private readonly DescribeTrainingJobResponse job;
    private readonly TrainingJobStore jobs;
    private readonly TrainingContainer container;
    private readonly JobOutputs outputs;
    private readonly TrainingMetricSender sender;
    private readonly TrainingMetrics metrics;
    private readonly Caller role;

    public TrainingJob(
        string name,
        TrainingJobStore jobs,
        TrainingContainer container,
        JobOutputs outputs,
        TrainingMetricSender sender
    )
    {
        (this.jobs, this.container, this.outputs, this.sender) = (jobs, container, outputs, sender);
        job = jobs.Find(name);
        metrics = new TrainingMetrics(job.AlgorithmSpecification.MetricDefinitions);
        var resources = job.ResourceConfig!;
        var created = job.CreationTime.ToUnixTimeSeconds();
        Order = new JobOrder(
            $"{TrainingJobRunner.Kind}-{name}",
            name,
            job.RoleArn,
            resources.InstanceType!,
            resources.InstanceCount ?? 1,
            resources.VolumeSizeInGB,
            TimeSpan.FromSeconds(job.StoppingCondition.MaxRuntimeInSeconds!.Value),
            job.EnableNetworkIsolation != true,
            // A spot training always resumes; without checkpoints it restarts from the beginning.
            job.CheckpointConfig
                is not null
                || job.EnableManagedSpotTraining == true,
            "/aws/sagemaker/TrainingJobs",
            $"{name}/algo-1-{created}"
        );
        role = Caller.OfRole(Order.RoleArn, name);
    }

    /// <inheritdoc/>
    public JobOrder Order { get; }

    private S3Uri Results => JobUri.Parse(job.OutputDataConfig.S3OutputPath).Below($"{Order.Name}/output");

    private bool IsCompressed => job.OutputDataConfig.CompressionType != OutputCompressionType.None;

    private S3Uri Model => Results.Below(IsCompressed ? "model.tar.gz" : "model/");

    /// <inheritdoc/>
    public bool StopWasAsked() => jobs.IsStopping(Order.Name);

    /// <inheritdoc/>
    public Task QueuedAsync() =>
        jobs.AdvanceAsync(
            Order.Name,
            SecondaryStatus.Pending,
            "Waiting until other training jobs leave room on this machine"
        );

    /// <inheritdoc/>
    public Task DownloadingAsync() =>
        jobs.AdvanceAsync(
            Order.Name,
            SecondaryStatus.Downloading,
            "Downloading input data",
            (tree, now) => tree["TrainingStartTime"] ??= Tree.Of(now)
        );

    /// <inheritdoc/>
    public Task RunningAsync() =>
        jobs.AdvanceAsync(
            Order.Name,
            SecondaryStatus.Training,
            "Training image download completed. Training in progress."
        );

    /// <inheritdoc/>
    public Task InterruptedAsync() =>
        jobs.AdvanceAsync(
            Order.Name,
            SecondaryStatus.Interrupted,
            "The machine went down; the job restarts from its checkpoints"
        );

    /// <inheritdoc/>
    public Task<JobProgram> PrepareAsync(
        JobFolder folder,
        Slot slot,
        Dictionary<string, string> environment,
        CancellationToken cancellationToken
    ) => container.PrepareAsync(job, role, folder, slot, environment, cancellationToken);

    /// <inheritdoc/>
    public IReadOnlyList<FolderSync> Syncs(JobFolder folder) =>
        job.CheckpointConfig is { } checkpoints
            ?
            [
                new FolderSync(
                    outputs,
                    folder.Left(TrainingContainer.CheckpointFolder(checkpoints)),
                    JobUri.Parse(checkpoints.S3Uri),
                    role
                ),
            ]
            : [];

    /// <inheritdoc/>
    public Task PrintedAsync(IReadOnlyList<string> lines, CancellationToken cancellationToken) =>
        sender.SendAsync(Order.Name, lines.SelectMany(metrics.In), role, cancellationToken);

    /// <inheritdoc/>
    public async Task UploadAsync(JobFolder folder, JobOutcome outcome, CancellationToken cancellationToken)
    {
        await jobs.AdvanceAsync(Order.Name, SecondaryStatus.Uploading, "Uploading generated training model");
        if (outcome != JobOutcome.Failed)
        {
            await PutAsync(folder, "/opt/ml/model", Model, cancellationToken);
        }

        // The output data is uploaded even for a failed job, because it may show why the job failed.
        var data = Results.Below(IsCompressed ? "output.tar.gz" : "output/");
        await PutAsync(folder, "/opt/ml/output/data", data, cancellationToken);
    }

    /// <inheritdoc/>
    public Task EndAsync(JobFolder folder, JobEnd end)
    {
        var last = metrics.Last(folder.Log);
        var (status, secondary, message) = end.Outcome switch
        {
            JobOutcome.Completed => (TrainingJobStatus.Completed, SecondaryStatus.Completed, "Training job completed"),
            JobOutcome.Stopped => (TrainingJobStatus.Stopped, SecondaryStatus.Stopped, "Training job stopped"),
            JobOutcome.TimedOut => (
                TrainingJobStatus.Stopped,
                SecondaryStatus.MaxRuntimeExceeded,
                "Training job runtime exceeded MaxRuntimeInSeconds provided"
            ),
            _ => (TrainingJobStatus.Failed, SecondaryStatus.Failed, "Training job failed"),
        };
        return jobs.EndAsync(
            Order.Name,
            status,
            secondary,
            message,
            (tree, now) =>
            {
                tree["TrainingTimeInSeconds"] = end.Seconds;
                tree["BillableTimeInSeconds"] = end.Seconds * Order.InstanceCount;
                if (end.FailureReason is { } reason)
                {
                    tree["FailureReason"] = reason;
                }
                else
                {
                    tree["ModelArtifacts"] = new JsonObject { ["S3ModelArtifacts"] = Model.ToString() };
                }

                TrainingMetrics.Write(tree, last, now);
            }
        );
    }

    private Task PutAsync(JobFolder folder, string from, S3Uri target, CancellationToken cancellationToken) =>
        IsCompressed
            ? outputs.PutArchiveAsync(
                folder.Left(from),
                Path.Combine(folder.Outgoing, Path.GetFileName(target.Key)),
                target,
                role,
                cancellationToken
            )
            : outputs.PutFolderAsync(folder.Left(from), target, role, cancellationToken);
}
