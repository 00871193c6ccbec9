using Microsoft.Extensions.Logging;

namespace Plumbline.LocalCloud.Gateway;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Error, "{Service} {Operation} failed.")]
    public static partial void OperationFailed(ILogger logger, string service, string? operation, Exception exception);

    [LoggerMessage(LogLevel.Error, "{Damage}")]
    public static partial void ObjectDamaged(ILogger logger, string damage);

    [LoggerMessage(LogLevel.Warning, "The answer to {Service} {Operation} was aborted before its end.")]
    public static partial void AnswerBroken(ILogger logger, string service, string? operation, Exception exception);
}
