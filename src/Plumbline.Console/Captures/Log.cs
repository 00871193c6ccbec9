using Microsoft.Extensions.Logging;

namespace Plumbline.WebConsole.Captures;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "Corrections that are not in the index:{Problem}")]
    public static partial void UnreadableCorrections(ILogger logger, string problem);

    [LoggerMessage(
        LogLevel.Warning,
        "{Lines} lines of {Key} are not captures with a readable answer, and are not in the index"
    )]
    public static partial void UnreadableLines(ILogger logger, string key, long lines);

    [LoggerMessage(LogLevel.Warning, "The index of {Endpoint} is not up to date: {Problem}")]
    public static partial void PassFailed(ILogger logger, string endpoint, string problem);

    [LoggerMessage(LogLevel.Information, "The index of {Endpoint} is rebuilt in {Path}")]
    public static partial void MadeAnew(ILogger logger, string endpoint, string path);
}
