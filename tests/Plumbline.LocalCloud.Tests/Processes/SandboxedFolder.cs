using Microsoft.Extensions.Logging.Abstractions;
using Plumbline.LocalCloud.Processes;
using Plumbline.LocalCloud.Processes.Sandboxing;
using Plumbline.LocalCloud.Processes.Supervision;
using Plumbline.LocalCloud.State;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Processes;

/// <summary>A data folder with a sandbox and a supervisor over it, and shell commands to run there.</summary>
public sealed class SandboxedFolder : IDisposable
{
    private readonly DirectoryInfo root;
    private readonly DataFolder data;
    private readonly List<SupervisedProcess> started = [];

    public SandboxedFolder()
        : this(Directory.CreateTempSubdirectory("plumbline-test-").FullName) { }

    /// <summary>In a folder that may hold other things.</summary>
    public SandboxedFolder(string folder)
    {
        root = new DirectoryInfo(folder);
        data = DataFolder.Open(Path.Combine(root.FullName, "data"));
        Sandbox = new Sandbox(data, NullLogger<Sandbox>.Instance);
        Supervisor = new Supervisor(Sandbox);
    }

    public string Root => root.FullName;

    public Sandbox Sandbox { get; }

    public Supervisor Supervisor { get; }

    public string ProcessFolder(string name) => Path.Combine(data.Folder("jobs"), name);

    /// <summary>What a process sees as /opt/ml.</summary>
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
}
