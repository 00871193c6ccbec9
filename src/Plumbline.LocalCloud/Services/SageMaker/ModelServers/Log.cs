using Microsoft.Extensions.Logging;

namespace Plumbline.LocalCloud.Services.SageMaker.ModelServers;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "The model server of {Endpoint}/{Variant} ended with exit code {Code}.")]
    public static partial void ModelServerEnded(ILogger logger, string endpoint, string variant, int? code);

    [LoggerMessage(
        LogLevel.Warning,
        "The model server of {Endpoint}/{Variant} outgrew its disk; its folder is made anew."
    )]
    public static partial void ModelServerOutgrown(ILogger logger, string endpoint, string variant);

    [LoggerMessage(LogLevel.Warning, "The model server of {Endpoint}/{Variant} did not start: {Reason}")]
    public static partial void ModelServerNotStarted(ILogger logger, string endpoint, string variant, string reason);

    [LoggerMessage(LogLevel.Error, "The model server of {Endpoint}/{Variant} is not looked after any more.")]
    public static partial void ModelServerFailed(ILogger logger, string endpoint, string variant, Exception exception);
}
