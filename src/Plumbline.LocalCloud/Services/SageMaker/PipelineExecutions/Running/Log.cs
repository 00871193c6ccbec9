using Microsoft.Extensions.Logging;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Running;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Error, "{Operation} of pipeline execution {Execution} failed.")]
    public static partial void CallFailed(ILogger logger, string operation, string execution, Exception exception);

    [LoggerMessage(
        LogLevel.Error,
        "The local cloud failed while it ran pipeline execution {Execution}; the execution will be resumed."
    )]
    public static partial void RunFailed(ILogger logger, string execution, Exception exception);
}
