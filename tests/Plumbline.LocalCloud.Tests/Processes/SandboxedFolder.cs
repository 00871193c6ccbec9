using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Plumbline.LocalCloud.Processes;
using Plumbline.LocalCloud.Processes.Sandboxing;
using Plumbline.LocalCloud.Processes.Specs;
using Plumbline.LocalCloud.Processes.Supervision;
using Plumbline.LocalCloud.State;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Processes;

/// <summary>A data folder with a sandbox and a supervisor, for running shell commands.</summary>
internal sealed class SandboxedFolder : IDisposable
{
    private readonly DirectoryInfo root;
    private readonly DataFolder data;
    private readonly List<SupervisedProcess> started = [];

    public SandboxedFolder()
        : this(Directory.CreateTempSubdirectory("plumbline-test-").FullName) { }

    /// <summary>Uses a folder that may have other content; another program may replace bubblewrap.</summary>
    public SandboxedFolder(string folder, string bubblewrap = "bwrap")
    {
        root = new DirectoryInfo(folder);
        data = DataFolder.Open(Path.Combine(root.FullName, "data"));
        var options = new LocalCloudOptions { DataFolder = data.Root, Bubblewrap = bubblewrap };
        Sandbox = new Sandbox(data, options, NullLogger<Sandbox>.Instance);
        Supervisor = new Supervisor(Sandbox);
    }

    public string Root => root.FullName;

    public Sandbox Sandbox { get; }

    public Supervisor Supervisor { get; }

    public string ProcessFolder(string name) => Path.Combine(data.Folder("jobs"), name);

    /// <summary>The folder that a process sees as /opt/ml.</summary>
    public string MlFolder(string name) =>
        Directory.CreateDirectory(Path.Combine(ProcessFolder(name), "root")).FullName;

    public ProcessSpec Shell(string name, string script) =>
        new()
        {
            Folder = ProcessFolder(name),
            Command = ["sh", "-c", script],
            Environment = HostEnvironment.Variables(),
            Binds = [new Bind(MlFolder(name), "/opt/ml", Writable: true)],
        };

    public async Task<SupervisedProcess> StartAsync(ProcessSpec spec)
    {
        var process = await Supervisor.StartAsync(spec);
        started.Add(process);
        return process;
    }

    public async Task<(ExitStatus Status, string Log)> RunAsync(ProcessSpec spec)
    {
        var process = await StartAsync(spec);
        var status = await process.WaitAsync().InTimeAsync();
        return (status, await File.ReadAllTextAsync(process.LogFile));
    }

    /// <summary>
    /// Runs a program in the sandbox of an ordinary user, without a supervisor. For root, the sandbox belongs to
    /// <c>nobody</c>, who cannot enter root's home, so nothing of it is shown.
    /// </summary>
    public async Task<(int Code, string Log)> RunAsOrdinaryUserAsync(ProcessSpec spec)
    {
        var arguments = Path.Combine(Root, $"arguments-{Guid.NewGuid():N}");
        await File.WriteAllTextAsync(arguments, string.Concat(OrdinaryArguments(spec).Select(one => one + "\0")));
        await File.WriteAllBytesAsync(arguments + ".filter", SystemCalls.Filter);
        var filter = SystemCalls.Filter.Length > 0 ? "--seccomp 6" : "";
        await RunAsync("chmod", "-R", "a+rwX", Root);
        string[] lead = Environment.IsPrivilegedProcess
            ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
            : ["env"];
        return await RunAsync([
            .. lead,
            "env",
            "-i",
            $"PATH={Environment.GetEnvironmentVariable("PATH")}",
            "sh",
            "-c",
            $"exec bwrap {filter} --args 8 -- \"$@\" 8<\"$0\" 6<\"$0.filter\" 2>&1 </dev/null",
            arguments,
            .. spec.Limits.Command(sandboxed: true, grouped: false, gpus: false),
            .. spec.Command,
        ]);
    }

    public void Dispose()
    {
        foreach (var process in started.Where(process => !process.HasEnded))
        {
            Supervisor.KillAsync(process).GetAwaiter().GetResult();
            process.WaitAsync().InTimeAsync().GetAwaiter().GetResult();
        }

        data.Dispose();
        root.Delete(recursive: true);
    }

    private IEnumerable<string> OrdinaryArguments(ProcessSpec spec)
    {
        var arguments = Sandbox.Arguments(spec);
        for (var at = 0; at < arguments.Count; at++)
        {
            if (arguments[at] == "--ro-bind" && arguments[at + 1].StartsWith("/root/", StringComparison.Ordinal))
            {
                at += 2;
            }
            else
            {
                yield return arguments[at];
            }
        }
    }

    private static async Task<(int Code, string Log)> RunAsync(params string[] command)
    {
        var info = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true };
        using var process = Process.Start(info)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var code = await process.EndAsync();
        return (code, await output.InTimeAsync());
    }
}
