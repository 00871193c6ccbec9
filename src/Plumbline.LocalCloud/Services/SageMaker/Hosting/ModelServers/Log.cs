using Microsoft.Extensions.Logging;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.ModelServers;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "The model server of {Endpoint}/{Variant} ended with exit code {Code}.")]
    public static partial void ModelServerEnded(ILogger logger, string endpoint, string variant, int? code);

    [LoggerMessage(
        LogLevel.Warning,
        "The model server of {Endpoint}/{Variant} exceeded the size of its disk; its folder will be recreated."
    )]
    public static partial void ModelServerOutgrown(ILogger logger, string endpoint, string variant);

    [LoggerMessage(LogLevel.Warning, "The model server of {Endpoint}/{Variant} did not start: {Reason}")]
    public static partial void ModelServerNotStarted(ILogger logger, string endpoint, string variant, string reason);

    [LoggerMessage(
        LogLevel.Error,
        "An error ended the watching of the model server of {Endpoint}/{Variant}; it will not be restarted."
    )]
    public static partial void ModelServerFailed(ILogger logger, string endpoint, string variant, Exception exception);
}
