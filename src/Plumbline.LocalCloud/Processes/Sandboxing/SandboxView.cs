using System.Diagnostics;
using System.Globalization;
using Plumbline.LocalCloud.Processes.Networking;
using Plumbline.LocalCloud.Processes.Specs;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Processes.Sandboxing;

/// <summary>
/// A program's view of this machine, as bubblewrap's arguments. It starts empty and gets the system's folders,
/// read-only, a <c>/tmp</c> and a home of its own, and the binds of its <see cref="ProcessSpec"/>.
/// </summary>
internal sealed class SandboxView(DataFolder data, string bubblewrap)
{
    private static readonly string[] GpuDevices = ["nvidiactl", "nvidia-uvm", "nvidia-uvm-tools", "nvidia-modeset"];

    /// <summary>Folders that tell programs the number of processors and the layout of memory.</summary>
    private static readonly string[] Shape = ["/sys/devices/system/cpu", "/sys/devices/system/node"];

    /// <summary>
    /// Parts of <c>/proc</c> that control the whole machine, and that root may write even without a capability.
    /// </summary>
    private static readonly string[] Levers = ["/proc/sys", "/proc/irq", "/proc/bus", "/proc/fs", "/proc/acpi"];
    private static readonly string[] Switches = ["/proc/sysrq-trigger", "/proc/mtrr", "/proc/kcore", "/proc/keys"];

    /// <summary>
    /// The variables of proxies, which most clients use; a network of one's own does not reach a proxy.
    /// </summary>
    private static readonly HashSet<string> Proxies = new(StringComparer.OrdinalIgnoreCase)
    {
        "http_proxy",
        "https_proxy",
        "all_proxy",
    };

    private readonly EtcFolder etc = new(Path.Combine(data.Root, "etc"));
    private readonly Lazy<string> offered = new(() => Offered(bubblewrap), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>Returns the arguments for a program, in the order in which bubblewrap carries them out.</summary>
    public IReadOnlyList<string> Arguments(ProcessSpec spec)
    {
        // A user namespace for root too: without one, the kernel gives a program of root root's access to every file.
        var arguments = new List<string> { "--unshare-user" };
        if (offered.Value.Contains("--disable-userns", StringComparison.Ordinal))
        {
            arguments.Add("--disable-userns");
        }

        var chosen = ShownPaths.Of(spec.Programs, ShownPaths.Chosen(), data.Root);
        SystemFolders.AddTo(arguments);
        etc.AddTo(arguments, SystemFolders.Have, chosen);
        AddKernel(arguments, spec.Gpus, spec.Limits.Memory);
        AddEmpty(arguments, spec.Limits.Memory);
        foreach (var shown in chosen)
        {
            arguments.AddRange(["--ro-bind", shown.Source, shown.Target]);
        }

        var root = Libc.RealPath(data.Root);
        if (SystemFolders.Have(root))
        {
            arguments.AddRange(["--tmpfs", root, "--remount-ro", root]);
        }

        foreach (var bind in spec.Binds)
        {
            arguments.AddRange([bind.Writable ? "--bind" : "--ro-bind", bind.Source, bind.Target]);
        }

        if (spec.Door is not null)
        {
            arguments.AddRange(["--bind", new ProcessFolder(spec.Folder).Relay, Relay.Folder]);
        }

        if (spec.Network.GatewayPort is not null)
        {
            arguments.AddRange(["--ro-bind", GatewaySocket.FolderOf(data), GatewaySocket.InsideFolder]);
        }

        arguments.AddRange(["--remount-ro", "/opt", "--remount-ro", "/"]);
        // Without --cap-drop, root inside could remount a read-only bind and write the stored object through its link.
        arguments.AddRange(["--cap-drop", "ALL", "--unshare-pid", "--unshare-ipc"]);
        arguments.AddRange(["--unshare-uts", "--hostname", EtcFolder.HostName]);
        if (!spec.Network.IsMachines)
        {
            arguments.Add("--unshare-net");
        }

        // Without this, perl writes a warning into each program's log if this machine lacks the files of its language.
        arguments.AddRange(["--clearenv", "--setenv", "PERL_BADLANG", "0"]);
        foreach (var (name, value) in spec.Environment)
        {
            if (spec.Network.IsMachines || !Proxies.Contains(name))
            {
                arguments.AddRange(["--setenv", name, value]);
            }
        }

        arguments.AddRange(["--chdir", spec.WorkingFolder]);
        return arguments;
    }

    private void AddKernel(List<string> arguments, IReadOnlyList<int> gpus, long size)
    {
        arguments.AddRange(["--dev", "/dev", "--perms", "1777"]);
        AddMemoryFolder(arguments, "/dev/shm", size);
        // A GPU's driver looks for its devices in /sys.
        foreach (var folder in gpus.Count == 0 ? Shape : ["/sys"])
        {
            arguments.AddRange(["--ro-bind-try", folder, folder]);
        }

        string[] devices = gpus.Count == 0 ? [] : [.. GpuDevices, .. gpus.Select(number => $"nvidia{number}")];
        foreach (var device in devices)
        {
            arguments.AddRange(["--dev-bind-try", $"/dev/{device}", $"/dev/{device}"]);
        }

        arguments.AddRange(["--remount-ro", "/dev", "--proc", "/proc"]);
        foreach (var lever in Levers.Where(Directory.Exists))
        {
            arguments.AddRange(["--ro-bind", lever, lever]);
        }

        foreach (var name in Switches.Where(File.Exists))
        {
            arguments.AddRange(["--ro-bind", "/dev/null", name]);
        }
    }

    /// <summary>A folder in memory, limited to the program's memory.</summary>
    private void AddMemoryFolder(List<string> arguments, string folder, long size) =>
        arguments.AddRange(
            offered.Value.Contains("--size", StringComparison.Ordinal)
                ? ["--size", size.ToString(CultureInfo.InvariantCulture), "--tmpfs", folder]
                : ["--tmpfs", folder]
        );

    private void AddEmpty(List<string> arguments, long size)
    {
        foreach (var folder in ShownPaths.Emptied)
        {
            arguments.AddRange(["--perms", "1777"]);
            AddMemoryFolder(arguments, folder, size);
        }

        var home = ShownPaths.Home;
        if (home is not null && !SystemFolders.Have(home) && !ShownPaths.Emptied.Contains(home))
        {
            AddMemoryFolder(arguments, home, size);
        }

        arguments.AddRange(["--dir", "/run", "--dir", "/srv", "--dir", "/mnt"]);
    }

    /// <summary>The options of this machine's bubblewrap, as its help lists them.</summary>
    private static string Offered(string bubblewrap)
    {
        using var process = Process.Start(
            new ProcessStartInfo(bubblewrap, "--help") { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        var error = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd() + error.GetAwaiter().GetResult();
        process.WaitForExit();
        // Remembered only after a success: a failure may pass, and its text lists no options.
        return process.ExitCode == 0
            ? text
            : throw new IOException($"{bubblewrap} --help: exit code {process.ExitCode}: {text.Trim()}");
    }
}
