using Microsoft.Extensions.Logging;

namespace Plumbline.LocalCloud.Services.CodeBuild;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Error, "Build {Build} could not be run.")]
    public static partial void BuildFailed(ILogger logger, string build, Exception exception);

    [LoggerMessage(LogLevel.Warning, "{Folder} could not be removed: {Reason}")]
    public static partial void FolderNotRemoved(ILogger logger, string folder, string reason);
}
