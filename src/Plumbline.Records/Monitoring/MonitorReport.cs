using System.Text.Json.Serialization;
using Plumbline.Records.Project;
using Plumbline.Records.Quality;

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

    /// <summary>The metric of <see cref="Value"/>, by a name of <see cref="MetricKind"/>.</summary>
    public string Metric { get; init; } = MetricKind.Accuracy;

    /// <summary>The metric over the audit labels; null with too few labels, or if it is not defined for them.</summary>
    public double? Value { get; init; }

    /// <summary>The lower end of its 95 % interval.</summary>
    public double? Lower { get; init; }

    /// <summary>The upper end of the same interval.</summary>
    public double? Upper { get; init; }

    /// <summary>The metric of always answering the most frequent class, or the best constant.</summary>
    public double? Baseline { get; init; }

    /// <summary>
    /// The most by which a candidate of the newest training was better than production on recent rows, at 95 %; in the
    /// unit of the metric. Null if that is unknown, does not matter (no <c>monitor.precision</c>), or is out of date because
    /// the figure misses the threshold or has fallen since.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? MostGain { get; init; }

    /// <summary>The number of audit labels, even if they are too few for a figure.</summary>
    public required long Labels { get; init; }

    /// <summary>The fewest audit labels for a figure.</summary>
    public required int MinimumLabels { get; init; }

    /// <summary>The alarm goes off under it, or over it if the metric is an error.</summary>
    public required double Threshold { get; init; }

    /// <summary>The reviewed share of the audit sample; null if the sample is empty.</summary>
    public double? Coverage { get; init; }

    /// <summary>Audit-sample rows without a review (non-response).</summary>
    public required long Unreviewed { get; init; }

    public required JoinCounts Counts { get; init; }

    /// <summary>True if truth was to come for every prediction; see <see cref="MonitorDescription.LabelsAreComplete"/>.</summary>
    public bool LabelsAreComplete { get; init; }

    /// <summary>True if so much of complete truth is missing that the figure may be biased.</summary>
    public bool IsTruthMissing =>
        LabelsAreComplete && Counts.Audit > 0 && Unreviewed > MonitorDescription.MostMissing * Counts.Audit;

    /// <summary>True if there is a figure and it is on the wrong side of the threshold.</summary>
    public bool Low => Value is { } value && Kind().Misses(value, Threshold);

    /// <summary>The figure of reports from before there were other metrics than accuracy.</summary>
    [JsonInclude]
    private double? Accuracy
    {
        init => Value ??= value;
    }

    /// <summary>The metric's name, direction and unit.</summary>
    public MetricKind Kind() => MetricKind.Of(Metric);

    /// <summary>A value of the metric as text; <c>-</c> without one.</summary>
    public string Text(double? value) => value is { } known ? Kind().Text(known) : "-";

    /// <summary>The number of labels, and how many are needed if these are too few.</summary>
    public string LabelsText() => Labels < MinimumLabels ? $"{Labels} of {MinimumLabels} needed" : $"{Labels}";

    /// <summary>Makes the report of a finished join.</summary>
    /// <param name="project">Gives the metric, the minimum and the threshold.</param>
    /// <param name="endpoint">The measured endpoint.</param>
    /// <param name="window">The measured times.</param>
    /// <param name="counts">The counts of the join.</param>
    /// <param name="figure">The metric over the counted audit labels; null if it is not defined for them.</param>
    public static MonitorReport Of(
        ProjectDescription project,
        string endpoint,
        MonitorWindow window,
        JoinCounts counts,
        Figure? figure
    )
    {
        var minimum = project.Monitor.MinimumLabels;
        var state =
            counts.AuditLabels >= minimum && figure is not null ? MonitorState.Measured
            : counts.Matched > 0 ? MonitorState.TooFewLabels
            : MonitorState.NothingToMeasure;
        var report = new MonitorReport
        {
            Project = project.LoopName(),
            Endpoint = endpoint,
            Window = window,
            State = state,
            Explanation = "",
            Metric = project.Quality.Metric,
            Labels = counts.AuditLabels,
            MinimumLabels = minimum,
            Threshold = project.Quality.Threshold,
            Coverage = counts.Audit == 0 ? null : counts.AuditLabels / (double)counts.Audit,
            Unreviewed = counts.Audit - counts.AuditLabels,
            Counts = counts,
            LabelsAreComplete = project.Monitor.LabelsAreComplete(),
        };
        if (state == MonitorState.Measured)
        {
            report = report with
            {
                Value = figure!.Value,
                Lower = figure.Lower,
                Upper = figure.Upper,
                Baseline = figure.Baseline,
            };
        }
        return report with { Explanation = MonitorText.Explain(report) };
    }
}

/// <summary>The outcome of a monitor run.</summary>
public enum MonitorState
{
    /// <summary>Enough audit labels; the figure was published.</summary>
    Measured,

    /// <summary>Some labels matched, but too few of them are audit labels for a figure.</summary>
    TooFewLabels,

    /// <summary>No prediction was captured, or no captured prediction has a label.</summary>
    NothingToMeasure,
}
