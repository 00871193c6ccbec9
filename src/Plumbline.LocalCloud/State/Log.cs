using Microsoft.Extensions.Logging;
using Plumbline.LocalCloud.State.Objects;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.State;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Error, "{Operation} has held up all changes for {Seconds} s.")]
    public static partial void WriterIsSlow(ILogger logger, string operation, long seconds);

    [LoggerMessage(
        LogLevel.Critical,
        "{Operation} has held up all changes for {Seconds} s: {Count} were refused, as are all others until it ends."
    )]
    public static partial void WriterIsStuck(ILogger logger, string operation, long seconds, int count);

    [LoggerMessage(LogLevel.Warning, "{Entry} could not be removed ({Reason}): remove it by hand.")]
    public static partial void NotRemoved(ILogger logger, string entry, string reason);

    [LoggerMessage(LogLevel.Information, "{Count} {What} have expired.")]
    public static partial void Expired(ILogger logger, int count, string what);

    [LoggerMessage(LogLevel.Error, "Expired {What} could not be removed.")]
    public static partial void NotExpired(ILogger logger, string what, Exception exception);

    [LoggerMessage(LogLevel.Warning, "The database accepts changes again.")]
    public static partial void WriterGoesOn(ILogger logger);

    [LoggerMessage(LogLevel.Warning, "The machine's clock was set back: schedules go on from its new time.")]
    public static partial void ClockSetBack(ILogger logger);

    [LoggerMessage(LogLevel.Error, "Scheduled work failed.")]
    public static partial void ScheduledWorkFailed(ILogger logger, Exception exception);
}
