namespace Plumbline.LocalCloud.Processes.Supervision;

/// <summary>How a process ended.</summary>
/// <param name="Code">
/// The program's exit code, 128 + signal where a signal ended it; null where nobody wrote it down, because the machine
/// went down or somebody killed the supervisor.
/// </param>
/// <param name="TimedOut">Its limit was reached.</param>
/// <param name="SandboxFailed">The sandbox could not be made; the log has bubblewrap's reason.</param>
/// <param name="OutOfMemory">The kernel ended a process of it that reached its <see cref="ProcessLimits.Memory"/>.</param>
/// <param name="Started">Real time.</param>
/// <param name="Ended">Real time.</param>
public sealed record ExitStatus(
    int? Code,
    bool TimedOut,
    bool SandboxFailed,
    bool OutOfMemory,
    DateTimeOffset Started,
    DateTimeOffset Ended
)
{
    /// <summary>It wrote a file beyond its <see cref="ProcessLimits.FileSize"/>, and the kernel ended it for that.</summary>
    public bool FileTooLarge => Code == 128 + FileSizeSignal;

    private const int FileSizeSignal = 25;

    /// <summary>The program ended by itself with exit code 0.</summary>
    public bool Succeeded => Code == 0;
}
