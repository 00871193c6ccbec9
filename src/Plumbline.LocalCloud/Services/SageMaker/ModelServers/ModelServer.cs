using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Plumbline.LocalCloud.Processes.Logs;
using Plumbline.LocalCloud.Processes.Networking;
using Plumbline.LocalCloud.Processes.Supervision;
using Plumbline.LocalCloud.Services.SageMaker.Endpoints;
using Plumbline.LocalCloud.Services.SageMakerRuntime.ModelServers;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Services.SageMaker.ModelServers;

/// <summary>
/// One variant's model server: found running or started, kept running, and in the end stopped. It outlives this
/// process, which may stop watching it at any moment.
/// </summary>
internal sealed class ModelServer(
    ServerRecord record,
    string endpointName,
    ModelServerLauncher launcher,
    ILogger<ModelServer> log
) : IDisposable
{
    private const int MostAttempts = 3;
    private const int LastLines = 4;

    // A FailureReason holds 1,024 characters.
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

    /// <summary>The record that it was made of.</summary>
    public ServerRecord Record => record;

    /// <summary>The way to it.</summary>
    public ModelServerPort Port { get; } = new();

    /// <summary>Null once it has answered its health check, or why it never will.</summary>
    public Task<string?> Started => started.Task;

    /// <summary>Finds the process that an earlier server of the local cloud started; if it runs, it can be asked at once.</summary>
    public void Adopt()
    {
        process = Supervisor.Adopt(folder.Path);
        if (process is { HasEnded: false })
        {
            OpenPort();
        }
    }

    /// <summary>Starts it where it does not run, and starts it again whenever it ends, until told otherwise.</summary>
    /// <param name="stopping">Stops watching; the process runs on.</param>
    public void Keep(CancellationToken stopping)
    {
        if (Interlocked.Exchange(ref isKept, 1) == 0)
        {
            keeping = Task.Run(() => KeepAsync(stopping), CancellationToken.None);
        }
    }

    /// <summary>Completes when nobody watches it any more, after the token of <see cref="Keep"/> has ended.</summary>
    public async Task UnwatchedAsync()
    {
        await keeping;
        await following;
    }

    /// <summary>Lets running requests end, stops it, and removes its folder.</summary>
    /// <param name="stopping">Gives up half-way; whoever comes next begins again.</param>
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

    /// <summary>Forgets it; the process runs on.</summary>
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

    /// <summary>Starts it if it does not run, and waits until it is healthy.</summary>
    /// <exception cref="ModelServerFailure">It cannot be started, or does not get healthy.</exception>
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
            // What is not sent yet stays in the log's file for the next server of the local cloud.
        }

        await ended.CancelAsync();
        await disk;
    }
}
