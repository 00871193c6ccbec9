using Microsoft.Extensions.Logging;

namespace Plumbline.LocalCloud.Services.Sns;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Error, "Published messages could not be written to their topic's log group.")]
    public static partial void MessagesNotLogged(ILogger logger, Exception exception);
}
