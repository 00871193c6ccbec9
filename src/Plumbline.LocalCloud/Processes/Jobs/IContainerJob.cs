using Plumbline.LocalCloud.Processes.Capacity;

namespace Plumbline.LocalCloud.Processes.Jobs;

/// <summary>
/// A job of one kind, as <see cref="JobRun"/> sees it. The methods that report progress only store it; nothing depends
/// on that, so nobody waits for the disk.
/// </summary>
internal interface IContainerJob
{
    /// <summary>The job's request: where and how to run.</summary>
    JobOrder Order { get; }

    /// <summary>True if a stop was requested, durably.</summary>
    bool StopWasAsked();

    /// <summary>Reports that the job waits for a slot.</summary>
    Task QueuedAsync();

    /// <summary>Reports that the job has a slot, and that its inputs are fetched.</summary>
    Task DownloadingAsync();

    /// <summary>Reports that the job's program runs.</summary>
    Task RunningAsync();

    /// <summary>Reports that the machine went down during the job, and that the job starts again.</summary>
    Task InterruptedAsync();

    /// <summary>Fills the job's folder, and returns the program to run.</summary>
    /// <exception cref="JobFailure">The job cannot start.</exception>
    Task<JobProgram> PrepareAsync(
        JobFolder folder,
        Slot slot,
        Dictionary<string, string> environment,
        CancellationToken cancellationToken
    );

    /// <summary>The folders that are copied to S3 while the program runs.</summary>
    IReadOnlyList<FolderSync> Syncs(JobFolder folder);

    /// <summary>Reports lines that the program has printed; they are already in its log stream.</summary>
    Task PrintedAsync(IReadOnlyList<string> lines, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Stores the job's results in S3; may be repeated after a crash.</summary>
    /// <exception cref="JobFailure">The results cannot be stored.</exception>
    Task UploadAsync(JobFolder folder, JobOutcome outcome, CancellationToken cancellationToken);

    /// <summary>Stores the job's end, with further facts from its folder.</summary>
    Task EndAsync(JobFolder folder, JobEnd end);
}
