using Plumbline.LocalCloud.Processes.Jobs;

namespace Plumbline.LocalCloud.Services.SageMaker.TrainingJobs;

internal sealed class TrainingJobRunner(
    TrainingJobStore jobs,
    TrainingContainer container,
    JobOutputs outputs,
    TrainingMetricSender metrics,
    JobTools tools
) : JobRunner(Kind, tools)
{
    /// <summary>The prefix of the names of training jobs' folders.</summary>
    public const string Kind = "training";

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Unfinished() => jobs.Unfinished();

    /// <inheritdoc/>
    protected override bool IsUnfinished(string name) => jobs.IsUnfinished(name);

    /// <inheritdoc/>
    protected override IContainerJob Open(string name) => new TrainingJob(name, jobs, container, outputs, metrics);
}
