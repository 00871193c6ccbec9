using System.Globalization;
using Plumbline.Records.Project;
using Plumbline.Records.Quality;
using Plumbline.Records.Statistics;

namespace Plumbline.Records.Monitoring;

/// <summary>
/// The labels that reviewers are asked for next, and what these will be worth. With <c>monitor.precision</c> the audit
/// sample comes first, until a measurement has the precision; then as many uncertain rows are asked for, which improve the
/// next model, unless the newest training has shown that no candidate gains as much as the precision. Without it, both lists
/// are as long as <c>review.queue</c>.
/// </summary>
/// <param name="Audit">The audit answers that are still wanted.</param>
/// <param name="Uncertain">The answers about uncertain rows that are still wanted.</param>
/// <param name="Sentence">The same in a sentence with figures.</param>
public sealed record LabelsWanted(int Audit, int Uncertain, string Sentence)
{
    /// <summary>With fewer labels, uncertain rows do more harm than good: all of them go to the measurement.</summary>
    private const int FewLabels = 100;

    /// <summary>A half-width depends on the figure, too: one that is a tenth too large counts as reached.</summary>
    private const double Tolerance = 1.1;

    private const int Most = 100_000_000;

    /// <summary>The labels wanted after a measurement.</summary>
    public static LabelsWanted Of(ProjectDescription project, MonitorReport report)
    {
        var (monitor, queue) = (project.Monitor, project.Review.Queue);
        var text = new LabelsWantedText(report, monitor);
        if (monitor.LabelsAreComplete())
        {
            return new LabelsWanted(queue, queue, "A system delivers the truth of every prediction: nobody is asked.");
        }

        if (monitor.Precision is not { } precision)
        {
            var open = (int)Math.Min(report.Unreviewed, queue);
            return new LabelsWanted(queue, queue, text.WithoutPrecision(open));
        }

        var target = Math.Max(monitor.MinimumLabels, LabelsFor(precision, project, report));
        var counts = report.Counts;
        // With a delay, labels of the measured window come too late: the rows of the next windows are asked for.
        var isDelayed = monitor.LabelDelay > TimeSpan.Zero;
        var asked = isDelayed ? target * (monitor.LabelDelay / monitor.Window) : target;
        var (audit, uncertain) = isDelayed
            ? (counts.LaterAuditLabels, counts.LaterUncertainLabels)
            : (counts.AuditLabels, counts.UncertainLabels);
        var isReached = HalfWidth(report) is { } now && now <= precision * Tolerance;
        var isUseless = report.MostGain < precision;
        var wanted = new LabelsWanted(
            Missing(isReached && !isDelayed ? 0 : asked, audit),
            isReached && target >= FewLabels && !isUseless ? Missing(asked, uncertain) : 0,
            ""
        );
        return wanted with { Sentence = text.With(precision, target, wanted, isReached) };
    }

    /// <summary>Half the width of the report's interval; null without a figure.</summary>
    public static double? HalfWidth(MonitorReport report) =>
        report is { Lower: { } lower, Upper: { } upper } ? (upper - lower) / 2 : null;

    /// <summary>Half the width that the interval will have with more labels, if the figure stays.</summary>
    public static double? HalfWidth(MonitorReport report, long more) =>
        report.Metric == MetricKind.Accuracy
            ? Wilson.HalfWidth(report.Value ?? report.Threshold, Math.Max(1, report.Labels + more))
        : HalfWidth(report) is { } now && report.Labels > 0
            ? now * Math.Sqrt(report.Labels / (double)(report.Labels + more))
        : null;

    private static int Missing(double asked, long there) => (int)Math.Clamp(Math.Ceiling(asked) - there, 0, Most);

    /// <summary>The labels for a half-width; 0 if it cannot be known yet.</summary>
    private static int LabelsFor(double precision, ProjectDescription project, MonitorReport report)
    {
        if (report.Metric != MetricKind.Accuracy)
        {
            return HalfWidth(report) is { } now && report.Labels > 0
                ? (int)Math.Min(Math.Ceiling(report.Labels * Math.Pow(now / precision, 2)), Most)
                : 0;
        }

        // Before the first figure, the threshold is the best guess.
        var accuracy = report.Value ?? project.Quality.Threshold;
        var (low, high) = (1, Most);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = Wilson.HalfWidth(accuracy, middle) <= precision ? (low, middle) : (middle + 1, high);
        }
        return low;
    }
}

/// <summary>Writes <see cref="LabelsWanted"/> as a sentence.</summary>
internal sealed class LabelsWantedText(MonitorReport report, MonitorDescription monitor)
{
    public string WithoutPrecision(int open) =>
        open == 0
            ? report.Counts.Audit == 0
                ? "No prediction of the audit sample is open: answers are wanted once predictions are captured."
                : "All predictions of the audit sample have an answer: uncertain ones improve the next model."
            : Worth(open);

    public string With(double precision, int target, LabelsWanted wanted, bool isReached)
    {
        var now = LabelsWanted.HalfWidth(report);
        var asked = Around(precision);
        var share =
            report.Counts.Captures > 0
                ? FormattableString.Invariant(
                    $" ({Math.Min(1, target / (double)report.Counts.Captures) * 100:0.#} % of the traffic)"
                )
                : "";
        var audit =
            isReached && wanted.Audit == 0
                ? $"The interval is {Around(now!.Value)} of {asked} asked for: more audit answers would change nothing."
            : isReached ? $"{Answers(wanted.Audit, "audit")} keep the next interval at {asked}{share}."
            : $"{Worth(wanted.Audit)}; {asked} takes {Plural.Of(target, "label", "labels")} a measurement{share}.{Short(target)}";
        var uncertain =
            wanted.Uncertain > 0 ? $" {Answers(wanted.Uncertain, "uncertain")} improve the next model."
            : isReached && report.MostGain is { } gain && gain < precision
                ? $" Uncertain ones would not, either, until {report.Kind().InSentence} gets worse: the candidates of the newest training gained at most {report.Text(Math.Max(0, gain))} on recent rows."
            : isReached ? ""
            : " Uncertain ones follow once the interval is reached.";
        return audit + uncertain;
    }

    /// <summary>A hint if the sample is too small for what is asked for.</summary>
    private string Short(int target) =>
        report.Counts.Audit is > 0 and var members && members < target
            ? $" The window had only {members} predictions of the audit sample: a larger `monitor.auditShare` than {monitor.AuditShare.ToString("0.##%", CultureInfo.InvariantCulture)} or a longer `monitor.window` has more."
            : "";

    private string Worth(int more)
    {
        var end = monitor.Precision is null ? "." : "";
        if (LabelsWanted.HalfWidth(report) is { } now && LabelsWanted.HalfWidth(report, more) is { } then)
        {
            return $"{Answers(more, "more audit")} narrow {Around(now)} to {Around(then)}{end}";
        }

        var needed = (int)Math.Max(more, report.MinimumLabels - report.Labels);
        var width = LabelsWanted.HalfWidth(report, needed) is { } first ? $" of about {Around(first)}" : "";
        var open = more < needed ? $", and {Plural.Of(more, "prediction is", "predictions are")} open" : "";
        return $"{Answers(needed, "audit")} give a figure{width}{open}{end}";
    }

    private static string Answers(int count, string kind) => Plural.Of(count, $"{kind} answer", $"{kind} answers");

    private string Around(double halfWidth) => $"±{report.Kind().Text(halfWidth)}";
}
