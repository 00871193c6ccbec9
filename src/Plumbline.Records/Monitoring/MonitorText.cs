using Plumbline.Records.GroundTruth;
using Plumbline.Records.Quality;

namespace Plumbline.Records.Monitoring;

/// <summary>Writes a run's result as sentences.</summary>
internal static class MonitorText
{
    public static string Explain(MonitorReport report) =>
        report.State switch
        {
            MonitorState.Measured => Measured(report),
            MonitorState.TooFewLabels => TooFew(report),
            _ => Nothing(report),
        }
        + Missing(report)
        + Unknown(report)
        + report.Counts.SetAside.Sentence();

    /// <summary>Truth that is late or missing is not a random part of all truth.</summary>
    private static string Missing(MonitorReport report) =>
        report.IsTruthMissing && report.Counts.Labels > 0
            ? FormattableString.Invariant(
                $" Truth is late or missing for {100.0 * report.Unreviewed / report.Counts.Audit:0.#} % of the predictions, so a figure may be biased: a longer monitor.labelDelay waits for late truth."
            )
            : "";

    private static string Measured(MonitorReport report) =>
        $"{report.Kind().Words} {report.Text(report.Value)} [{report.Text(report.Lower)}, {report.Text(report.Upper)}] from {Labels(report)}, {Side(report)}; {Reviewed(report)}.";

    /// <summary>
    /// The alarm compares only the figure; the text also says if the labels do not settle the question.
    /// </summary>
    private static string Side(MonitorReport report)
    {
        var threshold = FormattableString.Invariant($"the threshold {report.Threshold:0.###}");
        var kind = report.Kind();
        var nearer = kind.HigherIsBetter ? report.Upper : report.Lower;
        return !report.Low ? $"not {kind.WrongSide} {threshold}"
            : nearer is { } end && !kind.Misses(end, report.Threshold)
                ? $"{kind.WrongSide} {threshold}, which its interval reaches"
            : $"{kind.WrongSide} {threshold}";
    }

    private static string Unknown(MonitorReport report)
    {
        var known = report.Kind().Task == TaskKind.Regression ? "a number" : "one of labels in plumbline.yaml";
        return report.Counts.UnknownLabels == 0
            ? ""
            : $" {Plural.Of(report.Counts.UnknownLabels, "label is", "labels are")} not {known} and set aside.";
    }

    private static string TooFew(MonitorReport report) =>
        report.Labels >= report.MinimumLabels
            ? $"No figure: {report.Kind().InSentence} is not defined for {Labels(report)}; {Reviewed(report)}."
            : $"No figure: {Labels(report)}, and {report.MinimumLabels} are needed; {Reviewed(report)}.";

    private static string Reviewed(MonitorReport report)
    {
        var counts = report.Counts;
        if (report.LabelsAreComplete)
            return $"{report.Labels} of {Plural.Of(counts.Audit, "prediction has its", "predictions have their")} truth (monitor.labels: complete)";
        var volunteered = counts.AuditVolunteered > 0 ? $", {counts.AuditVolunteered} only volunteered" : "";
        return $"{report.Labels} of {counts.Audit} audit-sample rows are reviewed{volunteered}, {counts.Captures} captured in all";
    }

    private static string Labels(MonitorReport report) =>
        report.LabelsAreComplete
            ? Plural.Of(report.Labels, "label", "labels")
            : Plural.Of(report.Labels, "audit label", "audit labels");

    private static string Nothing(MonitorReport report)
    {
        var counts = report.Counts;
        if (counts.Captures == 0)
        {
            var labels =
                counts.Labels > 0
                    ? $", and {Plural.Of(counts.Labels, "label lies", "labels lie")} outside the window"
                    : "";
            return $"Nothing to measure yet: no prediction was captured from {report.Window.From:u} to {report.Window.To:u}{labels}.";
        }
        if (counts.Labels == 0 && counts.UnknownLabels == 0)
            return $"No label was given yet for the {Plural.Of(counts.Captures, "prediction", "predictions")} captured: "
                + (
                    report.LabelsAreComplete
                        ? "your system delivers them (docs/ground-truth.md)."
                        : "`plumb predictions --list audit` shows which to review, and labels of a system of yours go to truth/ (docs/ground-truth.md)."
                )
                + WithoutId(counts);
        List<string> why = [];
        if (counts.WithoutKey > 0)
            why.Add($"{counts.WithoutKey} without a key");
        if (counts.Unreadable > 0)
            why.Add(
                $"{counts.Unreadable} with an answer that names no {(report.Kind().Task == TaskKind.Regression ? "number" : "label")}"
            );
        if (counts.LabelsOutside > 0)
            why.Add(
                $"{Plural.Of(counts.LabelsOutside, "label", "labels")} outside the window or of unknown predictions"
            );
        return $"0 of {counts.Captures} captures matched{(why.Count > 0 ? ": " : "")}{string.Join(", ", why)}."
            + WithoutId(counts);
    }

    /// <summary>Not an error, but it explains why a system's own labels do not match.</summary>
    private static string WithoutId(JoinCounts counts)
    {
        var rows = counts.WithoutInferenceId - counts.WithoutKey;
        return rows <= 0
            ? ""
            : $" {rows} came without an inference id: their key is the event id that the capture has; a caller that sends InferenceId can name the prediction later.";
    }
}
