using Microsoft.Extensions.Logging;

namespace Plumbline.LocalCloud.Services.CloudWatch;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Error, "Alarm {Alarm} could not carry out its action {Action}; it is tried again.")]
    public static partial void ActionFailed(ILogger logger, string alarm, string action, Exception exception);

    [LoggerMessage(LogLevel.Error, "Alarm {Alarm} could not be evaluated; it is tried again at the next minute.")]
    public static partial void EvaluationFailed(ILogger logger, string? alarm, Exception exception);

    [LoggerMessage(LogLevel.Error, "The periods of alarms could not be read; all are evaluated at the next minute.")]
    public static partial void PeriodsNotRead(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Information, "Alarm {Alarm} went from {Before} to {State}: {Reason}")]
    public static partial void StateChanged(ILogger logger, string? alarm, string? before, string state, string reason);
}
