using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Processes.Capacity;
using Plumbline.LocalCloud.Processes.Specs;
using Plumbline.LocalCloud.Processes.Supervision;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Processes.Jobs;

/// <summary>
/// The course of one job: slot, inputs, program, outputs, end. The next server can resume it at any point, from the
/// files in the job's folder.
/// </summary>
internal sealed class JobRun(IContainerJob job, JobTools tools, Slots slots)
{
    private const int MostInterruptions = 5;
    private static readonly TimeSpan WriteAgain = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource stopAsked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Tells the job that <see cref="IContainerJob.StopWasAsked"/> has become true.</summary>
    public void Stop() => stopAsked.TrySetResult();

    /// <summary>Runs the job to its end, from its present state.</summary>
    /// <param name="closing">Cancelled when this server stops; the job goes on.</param>
    public async Task RunAsync(CancellationToken closing)
    {
        var folder = new JobFolder(tools.FolderOf(job.Order.Id), tools.Sandbox.IsOn, LimitsOf(job.Order).FileSize);
        if (job.StopWasAsked())
        {
            Stop();
        }

        using var activity = JobSignal.Begin(job.Order);
        var end = await RunToEndAsync(folder, closing);
        await EndAsync(folder, end, closing);
        JobSignal.End(activity, job.Order, end);
        await CleanUpAsync(folder);
    }

    private async Task<JobEnd> RunToEndAsync(JobFolder folder, CancellationToken closing)
    {
        try
        {
            for (var interruptions = 0; ; interruptions++)
            {
                var status = await RunOnceAsync(folder, closing);
                if (status is null)
                {
                    return new JobEnd(JobOutcome.Stopped, null, 0);
                }

                var resumes = job.Order.Resumes && interruptions < MostInterruptions && !stopAsked.Task.IsCompleted;
                if (status.Code is not null || !resumes)
                {
                    return await UploadAsync(folder, JobVerdict.Of(status, folder, job.StopWasAsked()), closing);
                }

                await job.InterruptedAsync();
                await SyncOnceAsync(folder, closing);
                await tools.RevokeAsync(folder);
                folder.Delete();
            }
        }
        catch (Exception exception) when (!closing.IsCancellationRequested)
        {
            Note(exception);
            return new JobEnd(JobOutcome.Failed, JobVerdict.ReasonOf(exception), 0);
        }
    }

    /// <summary>Runs the program, or follows it if it already runs; null if the job was stopped before that.</summary>
    private async Task<ExitStatus?> RunOnceAsync(JobFolder folder, CancellationToken closing)
    {
        var process = Supervisor.Adopt(folder.Path);
        if (process is not null)
        {
            using var kept = process.HasEnded ? null : tools.TakeOver(slots, folder);
            return await FollowAsync(process, folder, closing);
        }

        using var slot = await WaitForSlotAsync(closing);
        if (slot is null)
        {
            return null;
        }

        return await FollowAsync(await StartAsync(folder, slot, closing), folder, closing);
    }

    private async Task<Slot?> WaitForSlotAsync(CancellationToken closing)
    {
        var type = InstanceSize.Of(job.Order.InstanceType);
        if (stopAsked.Task.IsCompleted)
        {
            return null;
        }

        if (slots.TryTake(type) is { } free)
        {
            return free;
        }

        await job.QueuedAsync();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(closing);
        var waiting = slots.TakeAsync(type, enough.Token);
        await Task.WhenAny(waiting, stopAsked.Task);
        if (!waiting.IsCompleted)
        {
            await enough.CancelAsync();
        }

        try
        {
            return await waiting;
        }
        catch (OperationCanceledException) when (!closing.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<SupervisedProcess> StartAsync(JobFolder folder, Slot slot, CancellationToken closing)
    {
        await tools.Sandbox.RequireAsync(closing);
        _ = job.DownloadingAsync();
        folder.Clear();
        JobNotes.Write(folder, job.Order, slot);
        tools.Remember(folder, slot);
        var environment = await tools.EnvironmentAsync(folder, job.Order, closing);
        var program = await job.PrepareAsync(folder, slot, environment, closing);
        var process = await tools.Supervisor.StartAsync(
            new ProcessSpec
            {
                Folder = folder.Path,
                Command = program.Command,
                Programs = program.Image.Command,
                Environment = PythonStart.In(program.Environment),
                Binds = [new Bind(folder.Root, "/opt/ml", Writable: true), .. program.Binds],
                WorkingFolder = folder.Base,
                Network = await tools.Environments.NetworkAsync(!job.Order.Network, closing),
                Limit = job.Order.Limit,
                Limits = LimitsOf(job.Order),
                Gpus = slot.Gpus,
            },
            closing
        );
        _ = job.RunningAsync();
        return process;
    }

    private async Task<ExitStatus> FollowAsync(SupervisedProcess process, JobFolder folder, CancellationToken closing)
    {
        var caller = Caller.OfRole(job.Order.RoleArn, job.Order.Name);
        var logs = tools.Tail.FollowAsync(
            process,
            job.Order.LogGroup,
            job.Order.LogStream,
            caller,
            closing,
            job.PrintedAsync
        );
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(closing);
        var syncs = Task.WhenAll(job.Syncs(folder).Select(sync => sync.RunAsync(ended.Token)));
        var volume = new ProcessVolume(process, folder.Root, LimitsOf(job.Order).FileSize).KeepAsync(
            tools.VolumePause,
            folder.MarkFull,
            ended.Token
        );

        var end = process.WaitAsync(closing);
        await Task.WhenAny(end, stopAsked.Task);
        if (!end.IsCompleted)
        {
            await Supervisor.StopAsync(process, closing);
        }

        var status = await end;
        await ended.CancelAsync();
        await syncs;
        await volume;
        await logs;
        return status;
    }

    private static ProcessLimits LimitsOf(JobOrder order) =>
        InstanceLimits.Of(InstanceSize.Of(order.InstanceType), order.Volume);

    private async Task<JobEnd> UploadAsync(JobFolder folder, JobEnd end, CancellationToken closing)
    {
        try
        {
            await SyncOnceAsync(folder, closing);
            await job.UploadAsync(folder, end.Outcome, closing);
            return end;
        }
        catch (Exception exception) when (!closing.IsCancellationRequested)
        {
            Note(exception);
            // The first failure is the one that the user has to know.
            return end.Outcome == JobOutcome.Failed
                ? end
                : end with
                {
                    Outcome = JobOutcome.Failed,
                    FailureReason = JobVerdict.ReasonOf(exception),
                };
        }
    }

    private async Task SyncOnceAsync(JobFolder folder, CancellationToken closing)
    {
        foreach (var sync in job.Syncs(folder))
        {
            await sync.StoreChangedAsync(closing);
        }
    }

    /// <summary>
    /// Stores the job's end, which must not be lost. On a full disk, the job's own files are removed to make room; if
    /// that is not enough, this waits until somebody frees space.
    /// </summary>
    private async Task EndAsync(JobFolder folder, JobEnd end, CancellationToken closing)
    {
        while (true)
        {
            try
            {
                await job.EndAsync(folder, end);
                return;
            }
            catch (Exception exception) when (exception is SqliteException or DatabaseBusyException)
            {
                Log.EndNotWritten(tools.Logger, job.Order.Name, exception.Message);
                folder.MakeRoom(keepExit: end.Outcome != JobOutcome.Failed);
                await ProcessTime.Delay(WriteAgain, closing);
            }
        }
    }

    private void Note(Exception exception)
    {
        if (exception is not JobFailure)
        {
            Log.JobFailed(tools.Logger, job.Order.Name, exception);
        }
    }

    private async Task CleanUpAsync(JobFolder folder)
    {
        try
        {
            await tools.RevokeAsync(folder);
            folder.Delete();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SqliteException)
        {
            // The next start removes it.
            Log.FolderNotRemoved(tools.Logger, folder.Path, exception.Message);
        }
    }
}
