using Microsoft.Extensions.Logging;

namespace Plumbline.LocalCloud.Services.SageMakerRuntime;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "The captures in {Path} are not in S3 yet: {Reason}")]
    public static partial void CaptureNotStored(ILogger logger, string path, string reason);

    [LoggerMessage(LogLevel.Warning, "An invocation of {Endpoint} was not captured: {Reason}")]
    public static partial void NotCaptured(ILogger logger, string endpoint, string reason);

    [LoggerMessage(LogLevel.Warning, "The metrics of endpoints are not in CloudWatch yet: {Reason}")]
    public static partial void MetricsNotPut(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Error, "An invocation of {Endpoint} failed.")]
    public static partial void InvocationFailed(ILogger logger, string endpoint, Exception exception);
}
