using Microsoft.Extensions.Logging;

namespace Plumbline.LocalCloud.Services.SageMaker.TrainingJobs;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "CloudWatch refused the metric {Metric} of training job {Job}: {Reason}")]
    public static partial void MetricRefused(ILogger logger, string job, string metric, string reason);
}
