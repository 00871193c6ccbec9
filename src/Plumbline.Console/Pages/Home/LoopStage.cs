using Plumbline.Aws.Views.CloudWatch;
using Plumbline.Loop.Status;
using Plumbline.Records.Monitoring;
using Plumbline.WebConsole.Components;
using Plumbline.WebConsole.Pages.Review;

namespace Plumbline.WebConsole.Pages.Home;

/// <summary>A stage of the loop on the home page.</summary>
/// <param name="Name">The stage in one word.</param>
/// <param name="Tone">good, warn, bad, busy, or empty if nothing has happened yet.</param>
/// <param name="State">The state in a few words.</param>
/// <param name="Detail">The state in a sentence.</param>
/// <param name="Page">The path of the stage's page, below the project.</param>
public sealed record LoopStage(string Name, string Tone, string State, string Detail, string Page)
{
    /// <summary>The stages in the order of the loop.</summary>
    public static IReadOnlyList<LoopStage> Of(LoopStatus status, ReviewProgress review) =>
        [
            Of("Build", status.Build, "A commit is built and its data uploaded.", "runs"),
            Of("Train", status.Execution, "The old model is trained further, and a new one from scratch.", "runs"),
            Decide(status),
            Serve(status),
            Measure(status.Measured),
            Correct(status, review),
            Retrain(status, review),
        ];

    private static LoopStage Of(string name, string? state, string detail, string page)
    {
        var word = state?.Split(' ')[0];
        return new LoopStage(name, DisplayText.Tone(word), word ?? "nothing yet", detail, page);
    }

    private static LoopStage Decide(LoopStatus status) =>
        status.Waiting.Count > 0
            ? new LoopStage(
                "Approve",
                "warn",
                "waits for a person",
                $"Version {string.Join(", ", status.Waiting)} needs a decision.",
                "models"
            )
            : new LoopStage("Approve", "", "nothing waits", "All versions are decided.", "models");

    private static LoopStage Serve(LoopStatus status) =>
        status.Production is { } live
            ? new LoopStage(
                "Serve",
                status.Danger is null ? DisplayText.Tone(live.Status) : "bad",
                live.Status,
                live.Version is null ? "A model that is not a version answers." : $"Version {live.Version} answers.",
                "endpoint"
            )
            : new LoopStage("Serve", "", "nothing yet", "Nothing is in production.", "endpoint");

    private static LoopStage Measure(MonitorReport? report) =>
        report is null
            ? new LoopStage("Measure", "", "nothing yet", "Not measured yet.", "quality")
            : new LoopStage(
                "Measure",
                report.State != MonitorState.Measured ? "warn"
                    : report.Low ? "bad"
                    : "good",
                report.State != MonitorState.Measured ? "no figure" : report.Text(report.Value),
                report.Explanation,
                "quality"
            );

    private static LoopStage Correct(LoopStatus status, ReviewProgress review) =>
        new(
            "Correct",
            review.AuditOpen > 0 ? "warn" : "",
            status.LabelsAreComplete ? "by itself" : $"{review.AuditOpen} to review",
            status.LabelsAreComplete
                ? "A system delivers the truth of every prediction."
                : $"{review.AuditOpen} of the audit sample, {review.UncertainOpen} uncertain ones.",
            "review"
        );

    private static LoopStage Retrain(LoopStatus status, ReviewProgress review) =>
        new(
            "Retrain",
            DisplayText.Tone(status.Alarm),
            status.Alarm switch
            {
                StateValue.Alarm => "alarm",
                StateValue.Ok => "not needed",
                _ => "unknown",
            },
            $"{review.NewLabels} new labels{(review.IsComplete ? "" : " so far, more are being read")}; {review.LabelsNeeded} are needed for a retraining by alarm.",
            "history"
        );
}

/// <summary>The progress of the review.</summary>
/// <param name="AuditOpen">Audit-sample rows on the list.</param>
/// <param name="UncertainOpen">Uncertain rows on the list.</param>
/// <param name="NewLabels">Labels that no data set version has yet.</param>
/// <param name="LabelsNeeded">The new labels that a retraining by alarm needs.</param>
/// <param name="IsComplete">True if all answers are read; otherwise there may be more.</param>
public sealed record ReviewProgress(int AuditOpen, int UncertainOpen, long NewLabels, int LabelsNeeded, bool IsComplete)
{
    internal static ReviewProgress Of(ReviewLists lists, int labelsNeeded) =>
        new(
            lists.Open(lists.Audit).Count(),
            lists.Open(lists.Uncertain).Count(),
            lists.NewLabels,
            labelsNeeded,
            lists.Index.IsComplete
        );
}
