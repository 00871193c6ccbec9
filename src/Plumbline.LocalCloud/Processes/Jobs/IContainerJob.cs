using Plumbline.LocalCloud.Processes.Capacity;

namespace Plumbline.LocalCloud.Processes.Jobs;

/// <summary>
/// A job of one kind, as the common course of all jobs sees it. The methods that tell of progress write it down; none
/// of them is acted upon, so nobody waits for the disk.
/// </summary>
internal interface IContainerJob
{
    /// <summary>Where and how it wants to run.</summary>
    JobOrder Order { get; }

    /// <summary>True where somebody asked, durably, that it be stopped.</summary>
    bool StopWasAsked();

    /// <summary>It waits for a slot.</summary>
    Task QueuedAsync();

    /// <summary>It has a slot; its inputs are fetched.</summary>
    Task DownloadingAsync();

    /// <summary>Its program runs.</summary>
    Task RunningAsync();

    /// <summary>The machine went down under it, and it begins again.</summary>
    Task InterruptedAsync();

    /// <summary>Fills its folder and says what to run.</summary>
    /// <exception cref="JobFailure">It cannot start.</exception>
    Task<JobProgram> PrepareAsync(
        JobFolder folder,
        Slot slot,
        Dictionary<string, string> environment,
        CancellationToken cancellationToken
    );

    /// <summary>The folders that are taken to S3 while the program runs.</summary>
    IReadOnlyList<FolderSync> Syncs(JobFolder folder);

    /// <summary>Its program has printed lines, which are in its log stream.</summary>
    Task PrintedAsync(IReadOnlyList<string> lines, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Takes its results to S3; may be repeated after a crash.</summary>
    /// <exception cref="JobFailure">They cannot be stored.</exception>
    Task UploadAsync(JobFolder folder, JobOutcome outcome, CancellationToken cancellationToken);

    /// <summary>Writes its end down, with what else its folder tells of it.</summary>
    Task EndAsync(JobFolder folder, JobEnd end);
}
