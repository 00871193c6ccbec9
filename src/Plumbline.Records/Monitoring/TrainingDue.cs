using Plumbline.Records.Project;

namespace Plumbline.Records.Monitoring;

/// <summary>A training that is due before the alarm asks.</summary>
/// <param name="Trigger"><c>change</c> or <c>growth</c>.</param>
/// <param name="Reason">The reason with figures, without a full stop.</param>
public sealed record TrainingDue(string Trigger, string Reason)
{
    /// <summary>Returns the change of the figure, else the growth of labels; null if neither asks for a training.</summary>
    /// <param name="project">The metric and the reasons that count.</param>
    /// <param name="growth">The growth of labels.</param>
    /// <param name="reports">The newest reports, oldest first.</param>
    /// <param name="trained">The time of the newest version's data set; null before the first.</param>
    public static TrainingDue? Of(
        ProjectDescription project,
        LabelsGrown growth,
        IReadOnlyList<MonitorReport> reports,
        DateTimeOffset? trained
    ) =>
        project.Retraining.OnChange
        && QualityChange.Of(reports, project.Quality.Metric, trained) is { IsDue: true } change
            ? new TrainingDue("change", change.Sentence())
        : growth.IsDue ? new TrainingDue("growth", growth.Sentence())
        : null;
}
