using Microsoft.Extensions.Logging;

namespace Plumbline.LocalCloud.Services.SageMakerRuntime;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "An invocation of {Endpoint} was not captured: {Reason}")]
    public static partial void NotCaptured(ILogger logger, string endpoint, string reason);

    [LoggerMessage(LogLevel.Error, "An invocation of {Endpoint} failed.")]
    public static partial void InvocationFailed(ILogger logger, string endpoint, Exception exception);
}
