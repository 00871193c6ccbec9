using Plumbline.Pipelines.Steps;

namespace Plumbline.Loop.Training;

/// <summary>The failures after which the pipeline starts a job again.</summary>
internal static class JobRetries
{
    // A fault of the service passes in seconds; a shortage of GPUs, or a limit that another training fills, in hours.
    public static IReadOnlyList<RetryPolicy> Policies { get; } =
    [
        new(RetryExceptions.ServiceFault, RetryExceptions.Throttling, RetryExceptions.JobInternalError),
        new(RetryExceptions.CapacityError, RetryExceptions.ResourceLimit)
        {
            IntervalSeconds = 600,
            BackoffRate = 1.5,
            ExpireAfterMin = 24 * 60,
        },
    ];
}
