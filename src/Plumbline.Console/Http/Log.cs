using Microsoft.Extensions.Logging;

namespace Plumbline.WebConsole.Http;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The page {Path} failed.")]
    public static partial void PageFailed(ILogger logger, string path, Exception exception);
}
