using Microsoft.Extensions.Logging;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.Metrics;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "The metrics of endpoints are not in CloudWatch yet: {Reason}")]
    public static partial void MetricsNotPut(ILogger logger, string reason);
}
