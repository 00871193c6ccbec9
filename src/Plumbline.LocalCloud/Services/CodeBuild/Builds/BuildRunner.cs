using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.CodeBuild;
using Plumbline.LocalCloud.Gateway.Credentials;
using Plumbline.LocalCloud.Processes.Jobs;
using Plumbline.LocalCloud.Processes.Logs;
using Plumbline.LocalCloud.Processes.Specs;
using Plumbline.LocalCloud.Processes.Supervision;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Services.CodeBuild.Builds;

/// <summary>
/// Runs builds: clones the source, writes the script, supervises it, and resumes builds after a restart.
/// </summary>
internal sealed class BuildRunner(
    BuildStore store,
    BuildRights rights,
    SourceCheckout checkout,
    BuildEnvironment environment,
    CredentialStore credentials,
    Supervisor supervisor,
    LogTail logs,
    CivilClock clock,
    DataFolder data,
    LocalCloudOptions options,
    IHostApplicationLifetime lifetime,
    ILogger<BuildRunner> log
) : BackgroundService
{
    private const long Gigabyte = 1024L * 1024 * 1024;
    private static readonly TimeSpan ReportPause = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<string, Task> running = new();

    /// <summary>Starts a build; a second call for the same build does nothing.</summary>
    public void Begin(string id) =>
        running.GetOrAdd(id, key => Task.Run(() => RunAsync(key, lifetime.ApplicationStopping)));

    /// <summary>Stops a build in any phase.</summary>
    public async Task StopAsync(string id)
    {
        await store.StopAsync(id);
        if (Supervisor.Adopt(new BuildFolder(data, id).Process) is { HasEnded: false } process)
        {
            await Supervisor.StopAsync(process);
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(running.Values);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Rounds.Each(log, store.List().Select(build => build.Id), TakeUp);
        return Task.CompletedTask;
    }

    private void TakeUp(string id)
    {
        if (!store.Find(id)!.BuildComplete)
        {
            Begin(id);
        }
        else
        {
            // A crash may have come after the build's end and before its folder was removed.
            new BuildFolder(data, id).Remove();
        }
    }

    private async Task RunAsync(string id, CancellationToken stoppingToken)
    {
        var folder = new BuildFolder(data, id);
        try
        {
            if (store.Find(id) is not { BuildComplete: false })
            {
                return;
            }

            var process = Supervisor.Adopt(folder.Process) ?? await StartAsync(id, folder, stoppingToken);
            var follow = FollowAsync(id, process, stoppingToken);
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            var disk = new ProcessVolume(process, folder.Work, DiskOf(id)).KeepAsync(
                options.VolumePause,
                folder.MarkFull,
                ended.Token
            );
            await ReportAsync(id, folder, process, stoppingToken);
            await ended.CancelAsync();
            await disk;
            await follow;
            var exit = await process.WaitAsync(stoppingToken);
            await (
                exit.SandboxFailed
                    ? FailAsync(id, folder, $"The sandbox could not be made: {LogEnd.Read(process.LogFile, 1)}")
                    : EndAsync(id, folder, exit)
            );
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The build goes on; the next server resumes it.
        }
        catch (BuildspecException exception)
        {
            await FailAsync(id, folder, exception.Message);
        }
        catch (BuildRefusedException refused)
        {
            await FailAsync(id, folder, refused.Message, refused.Phase, refused.Code);
        }
        catch (Exception exception)
        {
            Log.BuildFailed(log, id, exception);
            await FailAsync(id, folder, exception.Message);
        }
        finally
        {
            running.TryRemove(id, out _);
        }
    }

    private async Task<SupervisedProcess> StartAsync(string id, BuildFolder folder, CancellationToken stoppingToken)
    {
        var build = store.Find(id)!;
        rights.Require(build);
        folder.Renew();
        var started = Now();
        await store.ChangeAsync(id, one => one.Tree["currentPhase"] = BuildPhaseType.DownloadSource);
        if (build.Source.Type == SourceType.Codecommit)
        {
            var commit = await checkout.CloneAsync(build, folder.Source);
            build = (await store.ChangeAsync(id, one => one.Tree["resolvedSourceVersion"] = commit))!;
        }

        var buildspec = BuildspecFile.Read(build, folder);
        await File.WriteAllTextAsync(folder.Script, BuildScript.Write(buildspec), stoppingToken);
        await store.ChangeAsync(
            id,
            one =>
                one.Tree["phases"] = new JsonArray(
                    PhaseReport.Of(BuildPhaseType.DownloadSource, started, Now(), StatusType.Succeeded).Tree
                )
        );
        var limit = TimeSpan.FromMinutes(build.TimeoutInMinutes ?? 60);
        var spec = await environment.SpecAsync(build, buildspec, folder, limit, stoppingToken);
        return await supervisor.StartAsync(spec, stoppingToken);
    }

    private Task FollowAsync(string id, SupervisedProcess process, CancellationToken stoppingToken)
    {
        var build = store.Find(id)!;
        var place = build.Logs!;
        return logs.FollowAsync(process, place.GroupName!, place.StreamName!, BuildRights.RoleOf(build), stoppingToken);
    }

    /// <summary>Keeps the build's phases up to date while it runs.</summary>
    private async Task ReportAsync(
        string id,
        BuildFolder folder,
        SupervisedProcess process,
        CancellationToken stoppingToken
    )
    {
        var seen = -1L;
        while (!process.HasEnded)
        {
            var length = new FileInfo(folder.PhaseReport) is { Exists: true } file ? file.Length : 0;
            if (length != seen)
            {
                seen = length;
                var reported = folder.ReadPhases();
                await store.ChangeAsync(id, build => SetPhases(build, reported));
            }

            using var enough = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(process.WaitAsync(enough.Token), ProcessTime.Delay(ReportPause, enough.Token));
            await enough.CancelAsync();
            stoppingToken.ThrowIfCancellationRequested();
        }
    }

    private static void SetPhases(Build build, IReadOnlyList<BuildPhase> reported)
    {
        var phases = build.Phases.Take(1).Concat(reported).Select(phase => phase.Tree.DeepClone());
        build.Tree["phases"] = new JsonArray([.. phases]);
        if (reported.Count > 0)
        {
            build.Tree["currentPhase"] = reported[^1].PhaseType;
        }
    }

    private long DiskOf(string id) =>
        options.BuildDisk ?? InstanceLimits.OfBuild(store.Find(id)!.Environment?.ComputeType).FileSize;

    private async Task EndAsync(string id, BuildFolder folder, ExitStatus exit)
    {
        var reported = folder.ReadPhases();
        if (exit.FileTooLarge || folder.IsFull)
        {
            reported = PhaseReport.Failed(
                reported,
                Now(),
                $"The build's files outgrew the {DiskOf(id) / Gigabyte} GB of its computeType: name a larger one, or write less."
            );
        }

        var status =
            exit.TimedOut ? StatusType.TimedOut
            : exit.Succeeded ? StatusType.Succeeded
            : StatusType.Failed;
        await CleanUpAsync(await store.EndAsync(id, status, build => SetPhases(build, reported)), folder);
    }

    private async Task FailAsync(
        string id,
        BuildFolder folder,
        string message,
        string phase = BuildPhaseType.DownloadSource,
        string code = PhaseReport.CommandFailed
    )
    {
        var now = Now();
        var failed = PhaseReport.Of(phase, now, now, StatusType.Failed, message, code);
        var grant = await store.EndAsync(
            id,
            StatusType.Failed,
            build => build.Tree.Array("phases")!.Add((JsonNode)failed.Tree)
        );
        await CleanUpAsync(grant, folder);
    }

    private async Task CleanUpAsync(string? grant, BuildFolder folder)
    {
        if (grant is not null)
        {
            await credentials.RevokeAsync(grant);
        }

        try
        {
            folder.Remove();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next start tries again.
            Log.FolderNotRemoved(log, folder.Root, exception.Message);
        }
    }

    private double Now() => BuildStore.Seconds(clock.GetUtcNow());
}
