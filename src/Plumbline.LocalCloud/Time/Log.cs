using Microsoft.Extensions.Logging;

namespace Plumbline.LocalCloud.Time;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Error, "Scheduled work failed.")]
    public static partial void ScheduledWorkFailed(ILogger logger, Exception exception);
}
