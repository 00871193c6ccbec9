using Plumbline.LocalCloud.Processes.Networking;
using Plumbline.LocalCloud.Processes.Supervision;

namespace Plumbline.LocalCloud.Processes.Specs;

/// <summary>A program to run under a supervisor: a training job, a processing job, a model server, a build.</summary>
internal sealed record ProcessSpec
{
    /// <summary>
    /// The process's own folder, with its lock, log and exit code; created if missing, removed by its owner.
    /// </summary>
    public required string Folder { get; init; }

    /// <summary>The program and its arguments, as it sees them from inside the sandbox.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>
    /// Words of the server's own command for it, never of a request: files that they name below <c>/tmp</c> are shown
    /// in the sandbox.
    /// </summary>
    public IReadOnlyList<string> Programs { get; init; } = [];

    /// <summary>The whole environment; nothing is inherited. See <see cref="HostEnvironment"/>.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The host's files and folders inside the sandbox; without a sandbox these are ignored.</summary>
    public IReadOnlyList<Bind> Binds { get; init; } = [];

    /// <summary>The folder in which the program starts.</summary>
    public string WorkingFolder { get; init; } = "/";

    /// <summary>Its network; without a sandbox, always this machine's.</summary>
    public ProcessNetwork Network { get; init; } = ProcessNetwork.None;

    /// <summary>
    /// Real time after which the program is stopped as by <see cref="Supervisor.StopAsync"/>; null for no limit.
    /// </summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>Time between SIGTERM and SIGKILL; on AWS 120 s for a job, 30 s for a model server.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>
    /// The way in for <see cref="Relay.ConnectAsync"/>; null if nobody connects to it. Needs a sandbox.
    /// </summary>
    public ProcessDoor? Door { get; init; }

    /// <summary>False runs the program without a sandbox, with the server's own rights.</summary>
    public bool Sandboxed { get; init; } = true;

    /// <summary>The limits of its memory, processes and files.</summary>
    public ProcessLimits Limits { get; init; } = InstanceLimits.OfBuild(null);

    /// <summary>Numbers of the GPUs (<c>/dev/nvidiaN</c>) that the program may use.</summary>
    public IReadOnlyList<int> Gpus { get; init; } = [];
}

/// <summary>A host folder or file shown inside the sandbox.</summary>
/// <param name="Source">The path on the host.</param>
/// <param name="Target">
/// The path inside; created if its parent is below <c>/opt</c>, <c>/tmp</c> or a writable bind.
/// </param>
/// <param name="Writable">Read-only unless true.</param>
internal sealed record Bind(string Source, string Target, bool Writable = false);
