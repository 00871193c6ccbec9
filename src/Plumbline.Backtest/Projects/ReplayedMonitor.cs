using Plumbline.Records.Data;
using Plumbline.Records.Evaluation;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Project;
using Plumbline.Records.Quality;

namespace Plumbline.Backtest.Projects;

/// <summary>The measurements, and the trainings that they ask for by the loop's own rules.</summary>
internal sealed class ReplayedMonitor(ProjectDescription project)
{
    private readonly List<MonitorReport> reports = [];
    private DateTimeOffset? measured;
    private bool isInAlarm;

    /// <summary>Measures a window as the monitor does.</summary>
    /// <param name="window">The window, which begins where the one before ended.</param>
    /// <param name="answers">The answer about each of its rows.</param>
    /// <param name="at">The time of the measurement, which is later than the window if labels take time.</param>
    public MonitorReport Measure(ServedWindow window, IReadOnlyList<Prediction> answers, DateTimeOffset at)
    {
        var rows = window.Rows;
        var members = rows.Zip(answers)
            .Where(one => AuditSample.Contains(one.First.JoinKey, project.Monitor.AuditShare))
            .ToList();
        var judged = members.Where(one => one.First.IsLabelled).Select(one => one.Second.Judged).ToList();
        var counts = new JoinCounts
        {
            Captures = rows.Count,
            Matched = rows.Count(row => row.IsLabelled),
            Audit = members.Count,
            AuditLabels = judged.Count,
        };
        var report = MonitorReport.Of(
            project,
            endpoint: project.LoopName(),
            MonitorWindow.Of(measured ?? window.At - project.Monitor.Window, window.At, at),
            counts,
            project.Metric().FigureOf(judged)
        );
        measured = window.At;
        reports.Add(report);
        // Without a figure, the alarm keeps its state.
        isInAlarm = report.Value is null ? isInAlarm : report.Low;
        return report;
    }

    /// <summary>The reason for a training after the newest measurement; null if nothing asks, or a limit forbids it.</summary>
    /// <param name="newest">The data set version of the newest training.</param>
    /// <param name="corrections">All labels so far.</param>
    public TrainingDue? Due(DataSetManifest newest, IReadOnlyList<Correction> corrections)
    {
        var report = reports[^1];
        var fresh = Fresh(newest, corrections);
        if (
            project.Retraining.CoolsDownUntil(newest.Time, report.Window.At) is not null
            || project.Retraining.IsTooFew(fresh)
        )
        {
            return null;
        }
        return isInAlarm
            ? new TrainingDue("alarm", report.Explanation)
            : TrainingDue.Of(
                project,
                LabelsGrown.Of(project, fresh, newest.Rows(), report.Labels),
                reports,
                newest.Time
            );
    }

    /// <summary>The kind of the training that a trigger starts.</summary>
    /// <param name="trigger">The trigger.</param>
    /// <param name="full">The rows of the newest full training; null before the first.</param>
    /// <param name="newest">The data set version of the newest training.</param>
    /// <param name="corrections">All labels so far.</param>
    public TrainingKind KindOf(
        string trigger,
        long? full,
        DataSetManifest newest,
        IReadOnlyList<Correction> corrections
    ) => TrainingKind.Of(project, trigger, full, newest.Rows() + Fresh(newest, corrections), reports[^1].Labels);

    private static int Fresh(DataSetManifest newest, IReadOnlyList<Correction> corrections) =>
        AnswerKey.CountNew(
            corrections.Select(one => new AnswerKey(one.JoinKey, one.Id, one.Label)),
            newest.Corrections.All().ToHashSet()
        );
}
