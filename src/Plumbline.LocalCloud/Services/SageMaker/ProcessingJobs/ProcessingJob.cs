using System.Text.Json.Nodes;
using Plumbline.Aws.Formats;
using Plumbline.Aws.Protocols;
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

    private readonly JsonObject request;
    private readonly ProcessingJobStore jobs;
    private readonly ProcessingContainer container;
    private readonly JobOutputs outputs;
    private readonly Caller role;

    public ProcessingJob(string name, ProcessingJobStore jobs, ProcessingContainer container, JobOutputs outputs)
    {
        (this.jobs, this.container, this.outputs) = (jobs, container, outputs);
        request = jobs.Describe(name);
        var cluster = request.Object("ProcessingResources")!.Object("ClusterConfig")!;
        var created = request.Time("CreationTime")!.Value.ToUnixTimeSeconds();
        Order = new JobOrder(
            $"{ProcessingJobRunner.Kind}-{name}",
            name,
            request.Text("RoleArn")!,
            cluster.Text("InstanceType")!,
            cluster.Int("InstanceCount") ?? 1,
            cluster.Int("VolumeSizeInGB"),
            TimeSpan.FromSeconds(request.Object("StoppingCondition")!.Int("MaxRuntimeInSeconds")!.Value),
            request.Object("NetworkConfig")?.Bool("EnableNetworkIsolation") != true,
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
    ) => Task.FromResult(container.Prepare(request, role, folder, slot, environment, cancellationToken));

    /// <inheritdoc/>
    public IReadOnlyList<FolderSync> Syncs(JobFolder folder) =>
        [
            .. ProcessingContainer
                .Outputs(request)
                .Where(output => output.Text("S3UploadMode") == "Continuous")
                .Select(output => new FolderSync(outputs, folder.Left(Local(output)), Target(output), role)),
        ];

    /// <inheritdoc/>
    public async Task UploadAsync(JobFolder folder, JobOutcome outcome, CancellationToken cancellationToken)
    {
        if (outcome != JobOutcome.Completed)
        {
            return;
        }

        foreach (var output in ProcessingContainer.Outputs(request))
        {
            if (output.Text("S3UploadMode") != "Continuous")
            {
                await outputs.PutFolderAsync(folder.Left(Local(output)), Target(output), role, cancellationToken);
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

    private static string Local(JsonObject output) => output.Text("LocalPath")!;

    private static S3Uri Target(JsonObject output) => JobUri.Parse(output.Text("S3Uri"));

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
