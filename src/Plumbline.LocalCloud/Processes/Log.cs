using Microsoft.Extensions.Logging;

namespace Plumbline.LocalCloud.Processes;

internal static partial class Log
{
    [LoggerMessage(
        LogLevel.Error,
        "*** bubblewrap does not work here ({Reason}): jobs, model servers and builds FAIL until it does. "
            + "On Debian: apt-get install bubblewrap. To run them with all rights of this user: plumb up --without-sandbox ***"
    )]
    public static partial void NoSandbox(ILogger logger, string reason);

    [LoggerMessage(
        LogLevel.Warning,
        "*** --without-sandbox: jobs, model servers and builds run WITHOUT A SANDBOX, with all rights of this user. "
            + "They may read your keys, change your files and every object of this local cloud ***"
    )]
    public static partial void SandboxIsOff(ILogger logger);

    [LoggerMessage(
        LogLevel.Warning,
        "*** The local cloud runs as root. Programs in its sandboxes have root's user number: an error of the kernel or of "
            + "bubblewrap would give them this machine. Run plumb up as an ordinary user instead, made for it alone: "
            + "useradd --create-home plumbline && runuser -u plumbline -- plumb up ***"
    )]
    public static partial void RunsAsRoot(ILogger logger);

    [LoggerMessage(LogLevel.Warning, "The output of {Folder} could not be sent to the logs yet: {Reason}")]
    public static partial void LogNotSent(ILogger logger, string folder, string reason);

    [LoggerMessage(LogLevel.Warning, "The end of job {Name} could not be stored yet: {Reason}")]
    public static partial void EndNotWritten(ILogger logger, string name, string reason);

    [LoggerMessage(LogLevel.Warning, "{Folder} could not be removed: {Reason}")]
    public static partial void FolderNotRemoved(ILogger logger, string folder, string reason);

    [LoggerMessage(LogLevel.Error, "Job {Name} cannot go on; the next start of the local cloud resumes it.")]
    public static partial void JobLost(ILogger logger, string name, Exception exception);

    [LoggerMessage(LogLevel.Error, "Job {Name} failed in the local cloud, before or after its program ran.")]
    public static partial void JobFailed(ILogger logger, string name, Exception exception);
}
