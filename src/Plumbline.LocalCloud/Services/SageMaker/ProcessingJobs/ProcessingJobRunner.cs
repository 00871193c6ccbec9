using Plumbline.LocalCloud.Processes.Jobs;

namespace Plumbline.LocalCloud.Services.SageMaker.ProcessingJobs;

internal sealed class ProcessingJobRunner(
    ProcessingJobStore jobs,
    ProcessingContainer container,
    JobOutputs outputs,
    JobTools tools
) : JobRunner(Kind, tools)
{
    /// <summary>The prefix of the names of processing jobs' folders.</summary>
    public const string Kind = "processing";

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Unfinished() => jobs.Unfinished();

    /// <inheritdoc/>
    protected override bool IsUnfinished(string name) => jobs.IsUnfinished(name);

    /// <inheritdoc/>
    protected override IContainerJob Open(string name) => new ProcessingJob(name, jobs, container, outputs);
}
