namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Expressions;

/// <summary>A step cannot be executed as it is written; the message becomes its FailureReason.</summary>
/// <param name="message">Why.</param>
/// <param name="inner">What caused it, where something did.</param>
public sealed class StepFailedException(string message, Exception? inner = null)
    : Exception($"ClientError: {message}", inner);
