namespace Plumbline.LocalCloud;

/// <summary>The options with which a local cloud starts.</summary>
public sealed record LocalCloudOptions
{
    /// <summary>The folder that holds all state; created with mode 0700 if missing.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The TCP port; 0 picks a free one.</summary>
    public int Port { get; init; } = 4570;

    /// <summary>The first folder on the PATH of builds: the one that holds <c>plumb</c> itself.</summary>
    public string? ToolsFolder { get; init; }

    /// <summary>
    /// The largest input, in bytes, that a job gets as a copy which it may change. A larger input is not copied and is
    /// read-only.
    /// </summary>
    public long LargestCopiedInput { get; init; } = 256L * 1024 * 1024;

    /// <summary>
    /// Real time that one change of the state may take. After that, all other changes are refused as "busy" instead of
    /// waiting.
    /// </summary>
    public TimeSpan LongestWrite { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>True if <c>POST /_plumbline/clock</c> may move civil time.</summary>
    public bool MovableClock { get; init; }

    /// <summary>True refuses roles that were never created here, in sessions and as the role of a resource.</summary>
    public bool StrictRoles { get; init; }

    /// <summary>
    /// True runs jobs, model servers and builds with all rights of this user. False fails them if no sandbox can be
    /// made.
    /// </summary>
    public bool WithoutSandbox { get; init; }

    /// <summary>The programs that may connect to more than this local cloud.</summary>
    public Internet Internet { get; init; } = Internet.Builds;

    /// <summary>The file that logs every action that a role asked for, with the decision; null writes no log.</summary>
    public string? AccessLog { get; init; }

    /// <summary>The program that makes sandboxes.</summary>
    internal string Bubblewrap { get; init; } = "bwrap";

    /// <summary>The machine's clock; civil time is this time plus an offset.</summary>
    internal TimeProvider Machine { get; init; } = TimeProvider.System;

    /// <summary>Real time before a request's body must come at the minimum rate.</summary>
    internal TimeSpan BodyGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Real time between two checks of a program's disk usage.</summary>
    internal TimeSpan VolumePause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Bytes of disk for a build; null takes the size of its computeType.</summary>
    internal long? BuildDisk { get; init; }

    /// <summary>The maximum number of open connections.</summary>
    internal int MostConnections { get; init; } = OpenFiles.Connections;
}
