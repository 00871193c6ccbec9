using Microsoft.Extensions.Logging;

namespace Plumbline.LocalCloud.State.Objects;

internal static partial class Log
{
    [LoggerMessage(
        LogLevel.Warning,
        "{Count} files of objects that the database does not name were moved to {Folder}; they are deleted after {Days} days."
    )]
    public static partial void Swept(ILogger logger, int count, string folder, int days);
}
