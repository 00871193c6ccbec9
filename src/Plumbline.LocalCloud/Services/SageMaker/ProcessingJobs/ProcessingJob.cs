using Plumbline.Aws.Formats;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Processes.Capacity;
using Plumbline.LocalCloud.Processes.Jobs;

namespace Plumbline.LocalCloud.Services.SageMaker.ProcessingJobs;

/// <summary>One processing job in progress.</summary>
internal sealed class ProcessingJob : IContainerJob
{
    private const int LongestMessage = 1024;

    private readonly DescribeProcessingJobResponse job;
    private readonly ProcessingJobStore jobs;
    private readonly ProcessingContainer container;
    private readonly JobOutputs outputs;
    private readonly Caller role;

    public ProcessingJob(string name, ProcessingJobStore jobs, ProcessingContainer container, JobOutputs outputs)
    {
        (this.jobs, this.container, this.outputs) = (jobs, container, outputs);
        job = jobs.Find(name);
        var cluster = job.ProcessingResources.ClusterConfig;
        var created = job.CreationTime.ToUnixTimeSeconds();
        Order = new JobOrder(
            $"{ProcessingJobRunner.Kind}-{name}",
            name,
            job.RoleArn,
            cluster.InstanceType,
            cluster.InstanceCount,
            cluster.VolumeSizeInGB,
            TimeSpan.FromSeconds(job.StoppingCondition.MaxRuntimeInSeconds),
            job.NetworkConfig?.EnableNetworkIsolation != true,
            Resumes: false,
            "/aws/sagemaker/ProcessingJobs",
            $"{name}/algo-1-{created}"
        );
        role = Caller.OfRole(Order.RoleArn, name);
    }

    /// <inheritdoc/>
    public JobOrder Order { get; }

    /// <inheritdoc/>
    public bool StopWasAsked() => jobs.IsStopping(Order.Name);

    /// <inheritdoc/>
    public Task QueuedAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task DownloadingAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task RunningAsync() => jobs.StartedAsync(Order.Name);

    /// <inheritdoc/>
    public Task InterruptedAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<JobProgram> PrepareAsync(
        JobFolder folder,
        Slot slot,
        Dictionary<string, string> environment,
        CancellationToken cancellationToken
    ) => Task.FromResult(container.Prepare(job, role, folder, slot, environment, cancellationToken));

    /// <inheritdoc/>
    public IReadOnlyList<FolderSync> Syncs(JobFolder folder) =>
        [
            .. ProcessingContainer
                .Outputs(job)
                .Where(output => output.S3UploadMode == ProcessingS3UploadMode.Continuous)
                .Select(output => new FolderSync(outputs, folder.Left(output.LocalPath!), Target(output), role)),
        ];

    /// <inheritdoc/>
    public async Task UploadAsync(JobFolder folder, JobOutcome outcome, CancellationToken cancellationToken)
    {
        if (outcome != JobOutcome.Completed)
        {
            return;
        }

        foreach (var output in ProcessingContainer.Outputs(job))
        {
            if (output.S3UploadMode != ProcessingS3UploadMode.Continuous)
            {
                await outputs.PutFolderAsync(folder.Left(output.LocalPath!), Target(output), role, cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    public Task EndAsync(JobFolder folder, JobEnd end)
    {
        var status = end.Outcome == JobOutcome.TimedOut ? ProcessingJobStatus.Stopped : end.Outcome.ToString();
        var reason =
            end.Outcome == JobOutcome.TimedOut
                ? "ClientError: Processing job runtime exceeded MaxRuntimeInSeconds provided"
                : end.FailureReason;
        return jobs.EndAsync(Order.Name, status, reason, Message(folder));
    }

    private static S3Uri Target(ProcessingS3Output output) => JobUri.Parse(output.S3Uri);

    private static string? Message(JobFolder folder)
    {
        using var file = JobFiles.TryOpen(folder.Root, "output/message");
        if (file is null)
        {
            return null;
        }

        using var reader = new StreamReader(file);
        var text = new char[LongestMessage];
        return new string(text, 0, reader.ReadBlock(text)).Trim();
    }
}
