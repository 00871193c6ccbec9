namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Expressions;

/// <summary>A step's definition cannot be executed. The message becomes the step's FailureReason.</summary>
/// <param name="message">The reason, without AWS's class of error.</param>
/// <param name="inner">The cause, or null.</param>
internal sealed class StepFailedException(string message, Exception? inner = null)
    : Exception($"ClientError: {message}", inner);
