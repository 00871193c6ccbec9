using Microsoft.Extensions.Logging;

namespace Plumbline.LocalCloud.Processes;

internal static partial class Log
{
    [LoggerMessage(
        LogLevel.Warning,
        "*** bubblewrap does not work here ({Reason}): jobs run WITHOUT A SANDBOX, with all rights of this user. "
            + "Their inputs are copied and SAGEMAKER_BASE_DIR is set. On Debian: apt-get install bubblewrap ***"
    )]
    public static partial void NoSandbox(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Warning, "What {Folder} printed could not be sent to the logs yet: {Reason}")]
    public static partial void LogNotSent(ILogger logger, string folder, string reason);

    [LoggerMessage(LogLevel.Warning, "The end of job {Name} could not be written down yet: {Reason}")]
    public static partial void EndNotWritten(ILogger logger, string name, string reason);

    [LoggerMessage(LogLevel.Warning, "{Folder} could not be removed: {Reason}")]
    public static partial void FolderNotRemoved(ILogger logger, string folder, string reason);

    [LoggerMessage(LogLevel.Error, "Job {Name} is taken up again at the next start.")]
    public static partial void JobLost(ILogger logger, string name, Exception exception);

    [LoggerMessage(LogLevel.Error, "Job {Name} failed here, not in its program.")]
    public static partial void JobFailed(ILogger logger, string name, Exception exception);
}
