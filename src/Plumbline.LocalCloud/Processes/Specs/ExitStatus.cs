namespace Plumbline.LocalCloud.Processes.Specs;

/// <summary>The way in which a process ended.</summary>
/// <param name="Code">
/// The program's exit code, or 128 + the number of the signal that ended it; null if nobody stored it, because the
/// machine went down or the supervisor was killed.
/// </param>
/// <param name="TimedOut">True if it reached its time limit.</param>
/// <param name="SandboxFailed">True if the sandbox could not be made; the log has bubblewrap's reason.</param>
/// <param name="OutOfMemory">
/// True if the kernel ended one of its processes at its <see cref="ProcessLimits.Memory"/>.
/// </param>
/// <param name="Started">The start in real time.</param>
/// <param name="Ended">The end in real time.</param>
internal sealed record ExitStatus(
    int? Code,
    bool TimedOut,
    bool SandboxFailed,
    bool OutOfMemory,
    DateTimeOffset Started,
    DateTimeOffset Ended
)
{
    /// <summary>
    /// True if the kernel ended it because of a file larger than its <see cref="ProcessLimits.FileSize"/>.
    /// </summary>
    public bool FileTooLarge => Code == 128 + FileSizeSignal;

    private const int FileSizeSignal = 25;

    /// <summary>True if the program ended by itself with exit code 0.</summary>
    public bool Succeeded => Code == 0;
}
