using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Plumbline.LocalCloud.Processes.Supervision;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Processes.Sandboxing;

/// <summary>
/// A program's view of this machine, as bubblewrap arguments: the host read-only, without its secrets and without
/// the data folder; a <c>/tmp</c> and an <c>/opt</c> of its own; and the binds of its <see cref="ProcessSpec"/>.
/// </summary>
public sealed class Sandbox(DataFolder data, ILogger<Sandbox> log)
{
    /// <summary>The program that makes it.</summary>
    internal const string Program = "bwrap";
    private static readonly string[] SecretFolders = [".aws", ".ssh", ".gnupg", ".kube", ".docker"];
    private static readonly string[] GpuDevices = ["nvidiactl", "nvidia-uvm", "nvidia-uvm-tools", "nvidia-modeset"];

    private readonly Lock gate = new();
    private Task<bool>? probe;

    /// <summary>
    /// True where bubblewrap works here, tried once: its presence says nothing, for a kernel or a container may forbid it.
    /// </summary>
    public Task<bool> IsAvailableAsync(CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            probe ??= Task.Run(ProbeAsync, CancellationToken.None);
        }

        return probe.WaitAsync(cancellationToken);
    }

    /// <summary>The options for a program, in the order in which bubblewrap carries them out.</summary>
    public IReadOnlyList<string> Arguments(ProcessSpec spec)
    {
        var arguments = new List<string> { "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc" };
        foreach (var folder in ShownPaths.Emptied)
        {
            arguments.AddRange(["--perms", "1777", "--tmpfs", folder]);
        }

        foreach (var shown in ShownPaths.Of(spec.Programs, HostEnvironment.Variables(), data.Root))
        {
            arguments.AddRange(["--ro-bind", shown.Source, shown.Target]);
        }

        AddOpt(arguments);
        // After what is shown: a program may lie beside the data folder.
        AddMasks(arguments);
        if (HostsFile.Write(data) is { } hosts)
        {
            arguments.AddRange(["--ro-bind", hosts, HostsFile.Target]);
        }

        AddGpus(arguments, spec.Gpus);
        foreach (var bind in spec.Binds)
        {
            arguments.AddRange([bind.Writable ? "--bind" : "--ro-bind", bind.Source, bind.Target]);
        }

        if (spec.RelayPort is not null)
        {
            arguments.AddRange(["--bind", new ProcessFolder(spec.Folder).Relay, Relay.Folder]);
        }

        // Without --cap-drop, root inside could remount a read-only bind and write the stored object through its link.
        arguments.AddRange(["--cap-drop", "ALL", "--unshare-pid", "--unshare-ipc"]);
        arguments.AddRange(["--unshare-uts", "--hostname", HostsFile.HostName]);
        if (!spec.Network || spec.RelayPort is not null)
        {
            arguments.Add("--unshare-net");
        }

        arguments.Add("--clearenv");
        foreach (var (name, value) in spec.Environment)
        {
            arguments.AddRange(["--setenv", name, value]);
        }

        arguments.AddRange(["--chdir", spec.WorkingFolder]);
        return arguments;
    }

    /// <summary>A read-only <c>/</c> has no place for a missing <c>/opt/ml</c>, so <c>/opt</c> is made anew.</summary>
    private static void AddOpt(List<string> arguments)
    {
        arguments.AddRange(["--tmpfs", "/opt"]);
        foreach (var entry in new DirectoryInfo("/opt").EnumerateFileSystemInfos().Where(entry => entry.Name != "ml"))
        {
            arguments.AddRange(
                entry.LinkTarget is { } target
                    ? ["--symlink", target, entry.FullName]
                    : ["--ro-bind-try", entry.FullName, entry.FullName]
            );
        }
    }

    private static void AddGpus(List<string> arguments, IReadOnlyList<int> gpus)
    {
        if (gpus.Count == 0)
        {
            return;
        }

        foreach (var device in GpuDevices.Concat(gpus.Select(number => $"nvidia{number}")))
        {
            arguments.AddRange(["--dev-bind-try", $"/dev/{device}", $"/dev/{device}"]);
        }
    }

    private void AddMasks(List<string> arguments)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        foreach (var folder in SecretFolders.Select(name => Path.Combine(home, name)).Append(data.Root))
        {
            if (Directory.Exists(folder))
            {
                arguments.AddRange(["--tmpfs", new DirectoryInfo(folder).ResolveLinkTarget(true)?.FullName ?? folder]);
            }
        }
    }

    private async Task<bool> ProbeAsync()
    {
        var reason = await TryAsync();
        if (reason is not null)
        {
            Log.NoSandbox(log, reason);
        }

        return reason is null;
    }

    private async Task<string?> TryAsync()
    {
        var scratch = data.Folder("probe");
        try
        {
            var spec = new ProcessSpec
            {
                Folder = scratch,
                Command = [],
                Environment = HostEnvironment.Variables(),
                Binds = [new Bind(scratch, "/opt/ml", Writable: true)],
                Network = false,
            };
            var info = new ProcessStartInfo(Program) { RedirectStandardError = true, RedirectStandardOutput = true };
            string[] command = ["--", "sh", "-c", "command -v timeout && : > /opt/ml/probed"];
            foreach (var argument in Arguments(spec).Concat(command))
            {
                info.ArgumentList.Add(argument);
            }

            using var process = Process.Start(info)!;
            var error = process.StandardError.ReadToEndAsync();
            await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0 && File.Exists(Path.Combine(scratch, "probed"))
                ? null
                : $"exit code {process.ExitCode}: {(await error).Trim()}";
        }
        catch (Exception exception)
            when (exception is System.ComponentModel.Win32Exception or IOException or ExternalException)
        {
            return exception.Message;
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }
}
