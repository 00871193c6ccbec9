using System.Diagnostics;
using Plumbline.LocalCloud.Processes.Capacity;
using Plumbline.LocalCloud.Processes.Networking;
using Plumbline.LocalCloud.Processes.Sandboxing;
using Plumbline.LocalCloud.Processes.Specs;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Processes.Supervision;

/// <summary>
/// Starts programs under a small shell that outlives this server, finds them again after a restart, and stops them.
/// </summary>
internal sealed class Supervisor(Sandbox sandbox)
{
    private const int LockIsTaken = 75;
    private static readonly TimeSpan SignalRetry = TimeSpan.FromMilliseconds(20);

    private static readonly string Script = EmbeddedText.Read("Supervision.supervise.sh");

    /// <exception cref="SandboxFailure">A sandbox cannot be made.</exception>
    /// <exception cref="IOException">The folder cannot be written, as on a full disk.</exception>
    public async Task<SupervisedProcess> StartAsync(ProcessSpec spec, CancellationToken cancellationToken = default)
    {
        ControlGroups.Expect();
        var sandboxed = spec.Sandboxed && sandbox.IsOn;
        if (sandboxed)
        {
            await sandbox.RequireAsync(cancellationToken);
        }

        var folder = new ProcessFolder(spec.Folder);
        var groups = ControlGroups.Make(spec.Limits);
        if (!folder.TryPrepare(spec, sandboxed ? sandbox.Arguments(spec) : [], groups))
        {
            ControlGroups.Remove(groups);
            return new SupervisedProcess(folder, WaitForLockAsync(folder));
        }

        var process = new Process { StartInfo = StartInfo(spec, sandboxed, groups.Count > 0) };
        process.Start();
        return new SupervisedProcess(
            folder,
            Task.Run(() => WaitForChildAsync(process, folder), CancellationToken.None)
        );
    }

    /// <summary>
    /// Finds a process that an earlier server started, running or ended; null if none was ever started in this folder,
    /// so that it is safe to start one.
    /// </summary>
    public static SupervisedProcess? Adopt(string folder)
    {
        var files = new ProcessFolder(folder);
        // The lock first: a process that ends between the two looks is then found ended, not lost.
        if (files.IsLocked())
        {
            return new SupervisedProcess(files, WaitForLockAsync(files));
        }

        return files.HasEnded() || files.SupervisorPid() is not null
            ? new SupervisedProcess(files, Task.FromResult(files.ReadExit()))
            : null;
    }

    /// <summary>
    /// Asks the program to end: SIGTERM to the program itself, as to a container's first process, never to the sandbox
    /// around it, and SIGKILL after its grace time, even if this server is gone by then. Returns once the signal is
    /// sent; a second call sends nothing.
    /// </summary>
    public static async Task StopAsync(SupervisedProcess process, CancellationToken cancellationToken = default)
    {
        if (!process.Files.StopWasSent() && await SignalAsync(process, Libc.SigTerm, cancellationToken))
        {
            process.Files.RememberStop();
        }
    }

    /// <summary>Ends the program and its children at once.</summary>
    public static Task KillAsync(SupervisedProcess process, CancellationToken cancellationToken = default) =>
        SignalAsync(process, Libc.SigKill, cancellationToken);

    private static async Task<bool> SignalAsync(
        SupervisedProcess process,
        int signal,
        CancellationToken cancellationToken
    )
    {
        // A process that was just started may still be on its way into the sandbox.
        while (!process.HasEnded)
        {
            if (
                process.Files.IsLocked()
                && process.Files.SupervisorPid() is { } supervisor
                && ProcessTree.FindProgram(supervisor) is { } program
            )
            {
                return signal == Libc.SigKill ? ProcessTree.Kill(program) : Libc.Signal(program, signal);
            }

            await ProcessTime.Delay(SignalRetry, cancellationToken);
        }

        return false;
    }

    private ProcessStartInfo StartInfo(ProcessSpec spec, bool sandboxed, bool grouped)
    {
        var info = new ProcessStartInfo("setsid")
        {
            ArgumentList = { "sh", "-c", Script, "supervisor", spec.Folder },
            WorkingDirectory = spec.Folder,
        };
        // The program can read the environment of the supervisor and of the sandbox's first process, so that is nearly
        // empty: the server's may hold secrets, and the program's must not influence them. A sandbox sets the program's
        // own.
        info.Environment.Clear();
        info.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        foreach (var (name, value) in sandboxed ? new Dictionary<string, string>() : spec.Environment)
        {
            info.Environment[name] = value;
        }

        // bwrap's death signal comes when the thread that started it ends. The shell has one thread; a thread of this
        // server may end long before its process does.
        string[] filter = SystemCalls.Filter.Length > 0 ? ["--seccomp", "6"] : [];
        string[] lead = sandboxed
            ? [sandbox.Program, .. filter, "--args", "8", "--json-status-fd", "7", "--die-with-parent", "--"]
            : ["env", "--chdir", spec.WorkingFolder];
        string[] limit =
        [
            ProcessTree.Leader,
            "--foreground",
            "--signal=TERM",
            $"--kill-after={ProcessFolder.Seconds(spec.StopGrace)}",
            spec.Limit is { } duration ? ProcessFolder.Seconds(duration) : "0",
        ];
        var limits = spec.Limits.Command(sandboxed, grouped, spec.Gpus.Count > 0);
        var relay = sandboxed ? Relay.Command(spec) : [];
        foreach (var argument in (string[])[.. lead, .. limits, .. limit, .. relay, .. spec.Command])
        {
            info.ArgumentList.Add(argument);
        }

        return info;
    }

    private static async Task<ExitStatus> WaitForChildAsync(Process process, ProcessFolder folder)
    {
        using (process)
        {
            await process.WaitForExitAsync(CancellationToken.None);
            if (process.ExitCode == LockIsTaken)
            {
                // The supervisor of a server that was killed during the start was faster.
                await WaitForLockAsync(folder);
            }

            return folder.ReadExit();
        }
    }

    /// <summary>Waits in a thread of its own: the kernel wakes it at once, and there are few such processes.</summary>
    private static Task<ExitStatus> WaitForLockAsync(ProcessFolder folder)
    {
        var done = new TaskCompletionSource<ExitStatus>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(
            () =>
            {
                try
                {
                    FileLock.WaitFor(folder.Lock);
                    done.SetResult(folder.ReadExit());
                }
                catch (IOException exception)
                {
                    done.SetException(exception);
                }
            },
            maxStackSize: 256 * 1024
        )
        {
            IsBackground = true,
            Name = "adopted process",
        };
        thread.Start();
        return done.Task;
    }
}
