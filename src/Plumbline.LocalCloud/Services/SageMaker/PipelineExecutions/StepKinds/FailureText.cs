using Plumbline.Aws.Errors;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Records;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Running;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.StepKinds;

/// <summary>The failure reasons of executions and steps, with AWS's texts.</summary>
internal static class FailureText
{
    /// <summary>The FailureReason of every execution with a failed step.</summary>
    public const string OfExecution = "Step failure: One or multiple steps failed.";

    private const int Longest = 1024;
    private static readonly string[] Classes =
    [
        "ClientError: ",
        "AlgorithmError: ",
        "InternalServerError: ",
        "CapacityError: ",
    ];

    /// <summary>Returns the FailureReason of a step whose create call was refused.</summary>
    public static string Of(string operation, AwsException refusal, PipelineExecution execution, string step)
    {
        var text = $"ClientError: Failed to invoke sagemaker:{operation}. Error Details: {refusal.Message}";
        return Cut(
            RetryRule.TypeOf(refusal) is { } type
                ? $"{text}\nRetry not appropriate on execution of step with PipelineExecutionArn {execution.Arn} and StepId {step}. No retry policy configured for the exception type {type.Replace('.', '_').ToUpperInvariant()}."
                : text
        );
    }

    /// <summary>Returns a reason that begins with AWS's class of error. If it has none, ClientError is added.</summary>
    public static string WithClass(string? reason) =>
        Classes.Any(known => reason?.StartsWith(known, StringComparison.Ordinal) == true)
            ? reason!
            : $"ClientError: {reason}";

    /// <summary>Truncates a text to the maximum length of a FailureReason.</summary>
    public static string Cut(string text) => text.Length > Longest ? text[..Longest] : text;
}
