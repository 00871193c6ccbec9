namespace Plumbline.Records.Monitoring;

/// <summary>A run's result as a person would say it.</summary>
internal static class MonitorText
{
    public static string Explain(MonitorReport report) =>
        report.State switch
        {
            MonitorState.Measured => Measured(report),
            MonitorState.TooFewLabels => TooFew(report),
            _ => Nothing(report),
        };

    private static string Measured(MonitorReport report) =>
        FormattableString.Invariant(
            $"Accuracy {report.Accuracy:0.000} [{report.Lower:0.000}, {report.Upper:0.000}] from {report.Labels} audit labels, {(report.Low ? "under" : "not under")} the threshold {report.Threshold:0.###}; {Reviewed(report)}."
        );

    private static string TooFew(MonitorReport report) =>
        $"No figure: {report.Labels} audit labels, and {report.MinimumLabels} are needed; {Reviewed(report)}.";

    private static string Reviewed(MonitorReport report)
    {
        var counts = report.Counts;
        var volunteered = counts.AuditVolunteered > 0 ? $", {counts.AuditVolunteered} only volunteered" : "";
        return $"{report.Labels} of {counts.Audit} audit-sample rows are reviewed{volunteered}, {counts.Captures} captured in all";
    }

    private static string Nothing(MonitorReport report)
    {
        var counts = report.Counts;
        if (counts.Captures == 0)
        {
            var labels =
                counts.Labels > 0 ? $", and {Many(counts.Labels, "label lies", "labels lie")} outside the window" : "";
            return $"Nothing to measure yet: no prediction was captured from {report.Window.From:u} to {report.Window.To:u}{labels}.";
        }
        List<string> why = [];
        if (counts.WithoutKey > 0)
            why.Add($"{counts.WithoutKey} without a key");
        if (counts.WithoutInferenceId > counts.WithoutKey)
            why.Add($"{counts.WithoutInferenceId - counts.WithoutKey} whose caller gave no inference id");
        if (counts.Unreadable > 0)
            why.Add($"{counts.Unreadable} with an answer that names no label");
        if (counts.LabelsOutside > 0)
            why.Add($"{Many(counts.LabelsOutside, "label", "labels")} outside the window or of unknown predictions");
        if (counts.UnknownLabels > 0)
            why.Add($"{Many(counts.UnknownLabels, "label that is", "labels that are")} not in plumbline.yaml");
        if (counts.Labels == 0 && counts.UnknownLabels == 0)
            why.Add("no label was given yet");
        if (counts.BrokenLines > 0)
            why.Add($"{Many(counts.BrokenLines, "line", "lines")} that could not be read");
        return $"0 of {counts.Captures} captures matched: {string.Join(", ", why)}.";
    }

    private static string Many(long count, string one, string more) => count == 1 ? $"1 {one}" : $"{count} {more}";
}
