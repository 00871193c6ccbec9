using Plumbline.LocalCloud.Processes.Capacity;
using Plumbline.LocalCloud.Processes.Networking;

namespace Plumbline.LocalCloud.Processes.Supervision;

/// <summary>A program to run under a supervisor: a training job, a processing job, a model server, a build.</summary>
public sealed record ProcessSpec
{
    /// <summary>The process's own folder: its lock, its log, its end. Made where missing; its owner removes it.</summary>
    public required string Folder { get; init; }

    /// <summary>The program and its arguments, as it sees them from inside the sandbox.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>
    /// The words of the server's own command for it, never a request's: files that they name below <c>/tmp</c> are shown in
    /// the sandbox.
    /// </summary>
    public IReadOnlyList<string> Programs { get; init; } = [];

    /// <summary>The whole environment; nothing is inherited. See <see cref="HostEnvironment"/>.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The host's files and folders inside the sandbox; without a sandbox these are ignored.</summary>
    public IReadOnlyList<Bind> Binds { get; init; } = [];

    /// <summary>Where the program starts.</summary>
    public string WorkingFolder { get; init; } = "/";

    /// <summary>Its network; without a sandbox, this machine's.</summary>
    public ProcessNetwork Network { get; init; } = ProcessNetwork.None;

    /// <summary>After this long in real time the program is stopped as by <see cref="Supervisor.StopAsync"/>; null: never.</summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>Between SIGTERM and SIGKILL: 120 s for a job, 30 s for a model server on AWS.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Its way in, by <see cref="Relay.ConnectAsync"/>; null where nobody connects to it. Needs a sandbox.</summary>
    public ProcessDoor? Door { get; init; }

    /// <summary>False runs the program as the server itself runs.</summary>
    public bool Sandboxed { get; init; } = true;

    /// <summary>The most that it may take.</summary>
    public ProcessLimits Limits { get; init; } = InstanceLimits.OfBuild(null);

    /// <summary>Numbers of the GPUs (<c>/dev/nvidiaN</c>) that the program may use.</summary>
    public IReadOnlyList<int> Gpus { get; init; } = [];
}

/// <summary>A host folder or file shown inside the sandbox.</summary>
/// <param name="Source">On the host.</param>
/// <param name="Target">Inside; made where its parent is below <c>/opt</c>, <c>/tmp</c> or another writable bind.</param>
/// <param name="Writable">Read-only unless true.</param>
public sealed record Bind(string Source, string Target, bool Writable = false);
