using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Running;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.StepKinds;

/// <summary>The status of a job as that of its step.</summary>
internal static class JobStatus
{
    /// <summary>How a job ended; null while it goes on.</summary>
    public static (string Status, string? Reason)? EndOf(string? status, string? reason) =>
        status switch
        {
            "Completed" => (StepRecord.Succeeded, null),
            "Failed" => (StepRecord.Failed, FailureText.WithClass(reason)),
            "Stopped" => (StepRecord.Stopped, reason),
            _ => null,
        };
}
