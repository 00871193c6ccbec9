using Plumbline.Records.Project;
using Plumbline.Records.Statistics;

namespace Plumbline.Records.Monitoring;

/// <summary>The findings of a monitor run: <c>monitor/&lt;time&gt;/report.json</c>.</summary>
public sealed record MonitorReport
{
    /// <summary>The project's name.</summary>
    public required string Project { get; init; }

    /// <summary>The endpoint that was measured.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The window.</summary>
    public required MonitorWindow Window { get; init; }

    /// <summary>True where there is a figure.</summary>
    public required MonitorState State { get; init; }

    /// <summary>The state in one sentence with figures.</summary>
    public required string Explanation { get; init; }

    /// <summary>The share of right predictions among the audit labels; null under the minimum.</summary>
    public double? Accuracy { get; init; }

    /// <summary>The lower end of Wilson's 95 % interval.</summary>
    public double? Lower { get; init; }

    /// <summary>The upper end.</summary>
    public double? Upper { get; init; }

    /// <summary>How many audit labels the figure rests on, or would.</summary>
    public required long Labels { get; init; }

    /// <summary>How many it needs.</summary>
    public required int MinimumLabels { get; init; }

    /// <summary>Under this accuracy the alarm goes off.</summary>
    public required double Threshold { get; init; }

    /// <summary>The reviewed share of the audit sample; null where the sample is empty.</summary>
    public double? Coverage { get; init; }

    /// <summary>Audit-sample rows that nobody has reviewed: non-response.</summary>
    public required long Unreviewed { get; init; }

    /// <summary>The counts of the run.</summary>
    public required JoinCounts Counts { get; init; }

    /// <summary>True where there is a figure and it is under the threshold.</summary>
    public bool Low => Accuracy < Threshold;

    /// <summary>From the counts of a finished join.</summary>
    /// <param name="project">Minimum and threshold.</param>
    /// <param name="endpoint">What was measured.</param>
    /// <param name="window">When.</param>
    /// <param name="counts">What was seen.</param>
    /// <param name="correct">How many of the counted audit labels are those predicted.</param>
    public static MonitorReport Of(
        ProjectDescription project,
        string endpoint,
        MonitorWindow window,
        JoinCounts counts,
        long correct
    )
    {
        var minimum = project.Monitor.MinimumLabels;
        var state =
            counts.AuditLabels >= minimum ? MonitorState.Measured
            : counts.Matched > 0 ? MonitorState.TooFewLabels
            : MonitorState.NothingToMeasure;
        var report = new MonitorReport
        {
            Project = project.LoopName(),
            Endpoint = endpoint,
            Window = window,
            State = state,
            Explanation = "",
            Labels = counts.AuditLabels,
            MinimumLabels = minimum,
            Threshold = project.Quality.Threshold,
            Coverage = counts.Audit == 0 ? null : counts.AuditLabels / (double)counts.Audit,
            Unreviewed = counts.Audit - counts.AuditLabels,
            Counts = counts,
        };
        if (state == MonitorState.Measured)
        {
            var interval = Wilson.Of(correct, counts.AuditLabels);
            report = report with { Accuracy = interval.Value, Lower = interval.Lower, Upper = interval.Upper };
        }
        return report with { Explanation = MonitorText.Explain(report) };
    }
}

/// <summary>True where a monitor run has a figure.</summary>
public enum MonitorState
{
    /// <summary>Enough audit labels: a figure was published.</summary>
    Measured,

    /// <summary>Some labels matched, too few of them audit labels: no figure.</summary>
    TooFewLabels,

    /// <summary>No predictions, or none with a label.</summary>
    NothingToMeasure,
}
