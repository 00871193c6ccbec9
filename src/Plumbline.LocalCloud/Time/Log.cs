using Microsoft.Extensions.Logging;

namespace Plumbline.LocalCloud.Time;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Error, "A round of work failed; it is tried again.")]
    public static partial void RoundFailed(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Error, "{Item} could not be processed; the others go on without it.")]
    public static partial void ItemFailed(ILogger logger, string item, Exception exception);

    [LoggerMessage(LogLevel.Critical, "{Service} ended with an error; it is started again.")]
    public static partial void ServiceFailed(ILogger logger, string service, Exception exception);
}
