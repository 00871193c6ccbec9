using Plumbline.Aws.Errors;
using Plumbline.Aws.Formats.Pipelines;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Records;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Running;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.StepKinds;

/// <summary>Decides when a failed attempt of a step is repeated.</summary>
internal static class RetryRule
{
    private const string ServiceFault = "Step.SERVICE_FAULT";
    private const string Throttling = "Step.THROTTLING";

    // AWS retries these failures even if the step has no retry policy.
    private static readonly RetryPolicyDefinition Always = new([ServiceFault, Throttling], 1, 2, 5, null);

    /// <summary>Returns the civil time of the next attempt, or null if the step is not tried again.</summary>
    /// <param name="step">The step with its policies.</param>
    /// <param name="record">The attempt that failed.</param>
    /// <param name="type">AWS's type of the failure, or null if it does not have one.</param>
    /// <param name="now">The civil time.</param>
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

    /// <summary>Returns AWS's type of a refused call, or null.</summary>
    public static string? TypeOf(AwsException refusal) =>
        refusal switch
        {
            { Code: "ResourceLimitExceeded" } => "SageMaker.RESOURCE_LIMIT",
            { Code: "ThrottlingException" } => Throttling,
            { Status: >= 500 } => ServiceFault,
            _ => null,
        };

    /// <summary>Returns AWS's type of a job's failure, or null.</summary>
    public static string? TypeOf(string? failureReason) =>
        failureReason switch
        {
            { } reason when reason.Contains("CapacityError", StringComparison.Ordinal) => "SageMaker.CAPACITY_ERROR",
            { } reason when reason.Contains("InternalServerError", StringComparison.Ordinal) =>
                "SageMaker.JOB_INTERNAL_ERROR",
            _ => null,
        };
}
