using Plumbline.Records.Project;
using Plumbline.Records.Statistics;

namespace Plumbline.Records.Monitoring;

/// <summary>The results of a monitor run: <c>monitor/&lt;time&gt;/report.json</c>.</summary>
public sealed record MonitorReport
{
    public required string Project { get; init; }

    public required string Endpoint { get; init; }

    public required MonitorWindow Window { get; init; }

    public required MonitorState State { get; init; }

    /// <summary>The result in one sentence with figures.</summary>
    public required string Explanation { get; init; }

    /// <summary>The share of correct predictions among the audit labels; null with too few labels.</summary>
    public double? Accuracy { get; init; }

    /// <summary>The lower end of Wilson's 95 % interval.</summary>
    public double? Lower { get; init; }

    /// <summary>The upper end of the same interval.</summary>
    public double? Upper { get; init; }

    /// <summary>The number of audit labels, even if they are too few for an accuracy.</summary>
    public required long Labels { get; init; }

    /// <summary>The fewest audit labels for an accuracy.</summary>
    public required int MinimumLabels { get; init; }

    /// <summary>The alarm goes off under this accuracy.</summary>
    public required double Threshold { get; init; }

    /// <summary>The reviewed share of the audit sample; null if the sample is empty.</summary>
    public double? Coverage { get; init; }

    /// <summary>Audit-sample rows without a review (non-response).</summary>
    public required long Unreviewed { get; init; }

    public required JoinCounts Counts { get; init; }

    /// <summary>True if there is an accuracy and it is under the threshold.</summary>
    public bool Low => Accuracy < Threshold;

    /// <summary>Makes the report of a finished join.</summary>
    /// <param name="project">Gives the minimum and the threshold.</param>
    /// <param name="endpoint">The measured endpoint.</param>
    /// <param name="window">The measured times.</param>
    /// <param name="counts">The counts of the join.</param>
    /// <param name="correct">The number of counted audit labels that equal the prediction.</param>
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

/// <summary>The outcome of a monitor run.</summary>
public enum MonitorState
{
    /// <summary>Enough audit labels; an accuracy was published.</summary>
    Measured,

    /// <summary>Some labels matched, but too few of them are audit labels for an accuracy.</summary>
    TooFewLabels,

    /// <summary>No prediction was captured, or no captured prediction has a label.</summary>
    NothingToMeasure,
}
