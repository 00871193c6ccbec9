using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Plumbline.LocalCloud.Processes.Logs;
using Plumbline.LocalCloud.Processes.Networking;
using Plumbline.LocalCloud.Processes.Supervision;
using Plumbline.LocalCloud.Services.SageMaker.Hosting.Connections;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.ModelServers;

/// <summary>
/// The model server of one variant: finds or starts its process, restarts it when it ends, and finally stops it. The
/// process outlives the local cloud, which may stop watching it at any moment.
/// </summary>
internal sealed class ModelServerProcess(
    ServerRecord record,
    string endpointName,
    ModelServerLauncher launcher,
    ILogger<ModelServerProcess> log
) : IDisposable
{
    private const int MostAttempts = 3;
    private const int LastLines = 4;

    // A FailureReason has at most 1,024 characters, and the quoted log is only its last part.
    private const int LongestEnd = 700;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SoundRun = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(65);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(35);

    private readonly ModelServerFolder folder = launcher.FolderOf(record);
    private readonly CancellationTokenSource ending = new();
    private readonly TaskCompletionSource<string?> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SupervisedProcess? process;
    private Task following = Task.CompletedTask;
    private Task keeping = Task.CompletedTask;
    private int isKept;

    public ServerRecord Record => record;

    /// <summary>The access to the server for requests.</summary>
    public ModelServerPort Port { get; } = new();

    /// <summary>
    /// Completes with null when the server has answered its health check, or with the reason why it cannot be started.
    /// </summary>
    public Task<string?> Started => started.Task;

    /// <summary>Finds the process that an earlier run of the local cloud started, and uses it if it runs.</summary>
    public void Adopt()
    {
        process = Supervisor.Adopt(folder.Path);
        if (process is { HasEnded: false })
        {
            OpenPort();
        }
    }

    /// <summary>Starts the server if it does not run, and restarts it whenever it ends.</summary>
    /// <param name="stopping">Ends the watching, but leaves the process running.</param>
    public void Keep(CancellationToken stopping)
    {
        if (Interlocked.Exchange(ref isKept, 1) == 0)
        {
            keeping = Task.Run(() => KeepAsync(stopping), CancellationToken.None);
        }
    }

    /// <summary>Completes when no task watches the server, after <see cref="Keep"/>'s token was cancelled.</summary>
    public async Task UnwatchedAsync()
    {
        await keeping;
        await following;
    }

    /// <summary>Waits for requests in progress, stops the server, and removes its folder.</summary>
    /// <param name="stopping">Cancels the work half-way; the next run of the local cloud must repeat it.</param>
    public async Task EndAsync(CancellationToken stopping)
    {
        await WithinAsync(DrainLimit, Port.DrainAsync(), stopping);
        await ending.CancelAsync();
        await keeping;
        if (process is { HasEnded: false })
        {
            await Supervisor.StopAsync(process, stopping);
            if (!await WithinAsync(StopLimit, process.WaitAsync(stopping), stopping))
            {
                await Supervisor.KillAsync(process, stopping);
                await process.WaitAsync(stopping);
            }
        }

        await following;
        stopping.ThrowIfCancellationRequested();
        await launcher.RemoveAsync(folder);
        Dispose();
    }

    /// <summary>Releases the connections, but leaves the process running.</summary>
    public void Dispose()
    {
        Port.Dispose();
        ending.Dispose();
    }

    private static async Task<bool> WithinAsync(TimeSpan limit, Task task, CancellationToken stopping)
    {
        try
        {
            await task.WaitAsync(limit, ProcessTime.Clock, stopping);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task KeepAsync(CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, ending.Token);
        try
        {
            await KeepAsync(stopping, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            started.TrySetCanceled(CancellationToken.None);
        }
        catch (Exception exception)
        {
            Log.ModelServerFailed(log, endpointName, record.VariantName, exception);
            started.TrySetResult(exception.Message);
        }
    }

    private async Task KeepAsync(CancellationToken stopping, CancellationToken cancellationToken)
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                await StartAsync(stopping, cancellationToken);
                started.TrySetResult(null);
                var since = ProcessTime.Clock.GetTimestamp();
                var exit = await process!.WaitAsync(cancellationToken);
                Log.ModelServerEnded(log, endpointName, record.VariantName, exit.Code);
                if (folder.IsFull)
                {
                    Log.ModelServerOutgrown(log, endpointName, record.VariantName);
                }

                failures = ProcessTime.Clock.GetElapsedTime(since) > SoundRun ? 0 : failures;
            }
            catch (ModelServerFailure failure)
            {
                Log.ModelServerNotStarted(log, endpointName, record.VariantName, failure.Message);
                var isHopeless = !failure.MayPass || failures + 1 >= MostAttempts;
                if (isHopeless && started.TrySetResult(failure.Message))
                {
                    return;
                }
            }

            var pause = FirstPause * Math.Pow(2, Math.Min(failures, 10));
            await ProcessTime.Delay(pause < LongestPause ? pause : LongestPause, cancellationToken);
        }
    }

    /// <summary>Starts the server if it does not run, and waits until it is healthy.</summary>
    /// <exception cref="ModelServerFailure">The server cannot be started, or does not become healthy.</exception>
    private async Task StartAsync(CancellationToken stopping, CancellationToken cancellationToken)
    {
        if (process is null or { HasEnded: true })
        {
            if (!folder.IsReady)
            {
                await following;
                await launcher.PrepareAsync(record, folder, cancellationToken);
            }

            process = await launcher.StartAsync(record, endpointName, folder, process is null, cancellationToken);
            OpenPort();
        }

        following = FollowAsync(process, following, stopping);
        var limit = TimeSpan.FromSeconds(record.StartupSeconds);
        if (!await HealthCheck.WaitAsync(Port, process, limit, cancellationToken))
        {
            throw await GiveUpAsync(process, cancellationToken);
        }
    }

    private async Task<ModelServerFailure> GiveUpAsync(SupervisedProcess failed, CancellationToken cancellationToken)
    {
        var hadEnded = failed.HasEnded;
        await Supervisor.KillAsync(failed, cancellationToken);
        var exit = await failed.WaitAsync(cancellationToken);
        var how =
            exit.SandboxFailed ? "Its sandbox could not be made."
            : folder.IsFull ? ModelServerLauncher.FullReason(record)
            : exit.OutOfMemory ? "It needed more memory than its instance type has (OutOfMemory)."
            : hadEnded ? $"It ended with exit code {exit.Code}."
            : $"It did not answer within {record.StartupSeconds} s.";
        var end = LogEnd.Read(folder.Log, LastLines);
        var said = end.Length == 0 ? "" : $" Its log ends: {end[Math.Max(0, end.Length - LongestEnd)..]}";
        return new ModelServerFailure(
            $"The primary container for production variant {record.VariantName} did not pass the ping health check. "
                + $"Please check CloudWatch logs for this endpoint. ({how}{said})"
        )
        {
            MayPass = hadEnded,
        };
    }

    private void OpenPort()
    {
        if (folder.Port is { } port)
        {
            Port.Open(port);
        }
        else
        {
            Port.Open(token => Relay.ConnectAsync(folder.Path, token));
        }
    }

    private async Task FollowAsync(SupervisedProcess followed, Task previous, CancellationToken stopping)
    {
        await previous;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var disk = launcher.KeepWithinDiskAsync(followed, record, folder, ended.Token);
        try
        {
            await launcher.FollowAsync(followed, record, endpointName, stopping);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // Lines that are not sent yet stay in the log file; the next run of the local cloud sends them.
        }

        await ended.CancelAsync();
        await disk;
    }
}
