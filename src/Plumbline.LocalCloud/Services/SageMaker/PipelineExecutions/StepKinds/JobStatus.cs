using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Records;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.StepKinds;

/// <summary>Converts the status of a job to the status of its step.</summary>
internal static class JobStatus
{
    /// <summary>Returns the step status for a job that has ended, or null while it is in progress.</summary>
    public static (string Status, string? Reason)? EndOf(string status, string? reason) =>
        status switch
        {
            TrainingJobStatus.Completed => (StepStatus.Succeeded, null),
            TrainingJobStatus.Failed => (StepStatus.Failed, FailureText.WithClass(reason)),
            TrainingJobStatus.Stopped => (StepStatus.Stopped, reason),
            _ => null,
        };
}
