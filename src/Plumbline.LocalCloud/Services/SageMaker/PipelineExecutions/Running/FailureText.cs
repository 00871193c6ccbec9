using Plumbline.Aws.Errors;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Running;

/// <summary>Failures in AWS's words.</summary>
internal static class FailureText
{
    /// <summary>Of an execution.</summary>
    public const string OfExecution = "Step failure: One or multiple steps failed.";

    private const int Longest = 1024;
    private static readonly string[] Classes =
    [
        "ClientError: ",
        "AlgorithmError: ",
        "InternalServerError: ",
        "CapacityError: ",
    ];

    /// <summary>Of a step whose call was refused.</summary>
    public static string Of(string operation, AwsException refusal, PipelineExecution execution, string step)
    {
        var text = $"ClientError: Failed to invoke sagemaker:{operation}. Error Details: {refusal.Message}";
        return Cut(
            RetryRule.TypeOf(refusal) is { } type
                ? $"{text}\nRetry not appropriate on execution of step with PipelineExecutionArn {execution.Arn} and StepId {step}. No retry policy configured for the exception type {type.Replace('.', '_').ToUpperInvariant()}."
                : text
        );
    }

    /// <summary>A reason with AWS's class of error before it: its own where it has one, else ClientError.</summary>
    public static string WithClass(string? reason) =>
        Classes.Any(known => reason?.StartsWith(known, StringComparison.Ordinal) == true)
            ? reason!
            : $"ClientError: {reason}";

    /// <summary>As much as a FailureReason holds.</summary>
    public static string Cut(string text) => text.Length > Longest ? text[..Longest] : text;
}
