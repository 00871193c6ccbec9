using Plumbline.LocalCloud.Processes.Networking;

namespace Plumbline.LocalCloud;

/// <summary>How a local cloud is started.</summary>
public sealed record LocalCloudOptions
{
    /// <summary>The folder of everything it keeps; made with mode 0700 if missing.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The TCP port; 0 takes a free one.</summary>
    public int Port { get; init; } = 4570;

    /// <summary>A folder that builds find first on their PATH: where <c>plumb</c> itself is.</summary>
    public string? ToolsFolder { get; init; }

    /// <summary>
    /// The bytes up to which an input of a job is a copy that the job may change; a larger one costs no copy, and is
    /// read-only.
    /// </summary>
    public long LargestCopiedInput { get; init; } = 256L * 1024 * 1024;

    /// <summary>
    /// How long one change of the state may take, in real time, before all others are answered that the local cloud is
    /// busy, instead of waiting for it.
    /// </summary>
    public TimeSpan LongestWrite { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>True lets <c>POST /_plumbline/clock</c> move civil time.</summary>
    public bool MovableClock { get; init; }

    /// <summary>True refuses sessions of roles that were never made here, and roles of that kind that are handed to a service.</summary>
    public bool StrictRoles { get; init; }

    /// <summary>
    /// Runs jobs, model servers and builds with all rights of this user. Without this nothing runs where no sandbox can be made.
    /// </summary>
    public bool WithoutSandbox { get; init; }

    /// <summary>The programs that reach more than this local cloud.</summary>
    public Internet Internet { get; init; } = Internet.Builds;

    /// <summary>A file in which everything that a role asked for is written down, with the answer; null for none.</summary>
    public string? AccessLog { get; init; }

    /// <summary>The program that makes sandboxes.</summary>
    internal string Bubblewrap { get; init; } = "bwrap";

    /// <summary>The machine's clock, from which civil time counts.</summary>
    internal TimeProvider Machine { get; init; } = TimeProvider.System;

    /// <summary>Real time after which a request's body must have come at a least rate.</summary>
    internal TimeSpan BodyGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Real time between two looks at how much disk a program takes.</summary>
    internal TimeSpan VolumePause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Bytes of a build's disk; null for those of its computeType.</summary>
    internal long? BuildDisk { get; init; }

    /// <summary>Connections at once.</summary>
    internal int MostConnections { get; init; } = Gateway.Connections.OpenFiles.Connections;
}
