using Microsoft.Extensions.Logging;

namespace Plumbline.LocalCloud.Services.Sns;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Error, "Message {Id} could not be written to the log group of {Topic}; it is tried again.")]
    public static partial void MessageNotLogged(ILogger logger, string id, string topic, Exception exception);
}
