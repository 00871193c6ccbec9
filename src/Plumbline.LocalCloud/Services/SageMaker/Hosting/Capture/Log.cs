using Microsoft.Extensions.Logging;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.Capture;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "The captures in {Path} are not in S3 yet: {Reason}")]
    public static partial void CaptureNotStored(ILogger logger, string path, string reason);
}
