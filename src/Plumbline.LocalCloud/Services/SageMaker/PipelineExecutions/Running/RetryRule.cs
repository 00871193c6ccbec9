using Plumbline.Aws.Errors;
using Plumbline.Aws.Formats.Pipelines;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Running;

/// <summary>The rule by which a failed attempt is made again.</summary>
internal static class RetryRule
{
    private const string ServiceFault = "Step.SERVICE_FAULT";
    private const string Throttling = "Step.THROTTLING";

    // What AWS does of its own accord, whatever the step says.
    private static readonly RetryPolicyDefinition Always = new([ServiceFault, Throttling], 1, 2, 5, null);

    /// <summary>When the next attempt is due; null where there is none.</summary>
    /// <param name="step">The step with its policies.</param>
    /// <param name="record">The attempt that failed.</param>
    /// <param name="type">AWS's type of the failure; null where it has none.</param>
    /// <param name="now">Civil time.</param>
    public static DateTimeOffset? Next(StepDefinition step, StepRecord record, string? type, DateTimeOffset now)
    {
        var policy = step.RetryPolicies.Append(Always).FirstOrDefault(one => one.ExceptionTypes.Contains(type ?? ""));
        if (policy is null || record.AttemptCount > policy.MaxAttempts)
        {
            return null;
        }

        var seconds = policy.IntervalSeconds * Math.Pow(policy.BackoffRate, record.AttemptCount - 1);
        var due = now + TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.FromDays(28).TotalSeconds));
        return policy.ExpireAfterMin is { } minutes && due > record.StartTime + TimeSpan.FromMinutes(minutes)
            ? null
            : due;
    }

    /// <summary>AWS's type of a refused call.</summary>
    public static string? TypeOf(AwsException refusal) =>
        refusal switch
        {
            { Code: "ResourceLimitExceeded" } => "SageMaker.RESOURCE_LIMIT",
            { Code: "ThrottlingException" } => Throttling,
            { Status: >= 500 } => ServiceFault,
            _ => null,
        };

    /// <summary>AWS's type of a job's failure.</summary>
    public static string? TypeOf(string? failureReason) =>
        failureReason switch
        {
            { } reason when reason.Contains("CapacityError", StringComparison.Ordinal) => "SageMaker.CAPACITY_ERROR",
            { } reason when reason.Contains("InternalServerError", StringComparison.Ordinal) =>
                "SageMaker.JOB_INTERNAL_ERROR",
            _ => null,
        };
}
