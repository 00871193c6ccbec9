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
}
