using Plumbline.Aws.Views.CloudWatch;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.Loop.Status;

namespace Plumbline.WebConsole.Pages.Home;

/// <summary>The next step for a person.</summary>
/// <param name="Text">The step in a sentence.</param>
/// <param name="Page">The path of the page for it, below the project.</param>
public sealed record NextStep(string Text, string Page)
{
    public static NextStep Of(LoopStatus status, ReviewProgress review) =>
        status.Danger is not null ? new(status.Danger, "models")
        : status.Execution is null ? new("Nothing was trained yet: push a commit.", "runs")
        : status.Execution.StartsWith(PipelineExecutionStatus.Executing, StringComparison.Ordinal)
            ? new("A training runs.", "runs")
        : status.Waiting.Count > 0 ? new($"Version {status.Waiting[^1]} waits for a decision.", "models")
        : status.Production is null && status.IsTrainingFailed ? new("The training failed: its run says why.", "runs")
        : status.Production is null ? new("Nothing is in production: approve a version.", "models")
        : status.Alarm == StateValue.Alarm
            ? new(
                $"{status.Kind.Words} is {status.Kind.WrongSide} the threshold: the history says what was decided about a retraining.",
                "history"
            )
        : review.AuditOpen > 0
            ? new(
                $"{review.AuditOpen} predictions of the audit sample can be reviewed: the quality is measured from them.",
                "review"
            )
        : new("Nothing to do: the next measurement starts by itself.", "quality");
}
