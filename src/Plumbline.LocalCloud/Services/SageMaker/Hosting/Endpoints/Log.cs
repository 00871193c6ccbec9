using Microsoft.Extensions.Logging;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.Endpoints;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Error, "A step of endpoint {Endpoint} failed; it will be tried again.")]
    public static partial void EndpointStepFailed(ILogger logger, string endpoint, Exception exception);

    [LoggerMessage(LogLevel.Error, "Old model servers of endpoint {Endpoint} could not be removed.")]
    public static partial void FleetNotRemoved(ILogger logger, string endpoint, Exception exception);
}
