using System.Net;
using Amazon.S3;
using Plumbline.Loop.Home;
using Plumbline.Records;
using Plumbline.Records.Monitoring;

namespace Plumbline.Loop.Retraining;

/// <summary>Says with figures why a training was asked for, for the history.</summary>
internal sealed class Occasion(LoopContext loop, RetrainingFacts facts)
{
    /// <summary>The reason for a request of the loop itself, as a sentence; empty for a person and a push.</summary>
    public async Task<string> AskedAsync(Trigger trigger, CancellationToken cancellationToken) =>
        trigger switch
        {
            Trigger.Alarm => $"The alarm asked: {await FigureAsync(cancellationToken)}.",
            Trigger.Schedule => $"A schedule asked: {await FigureAsync(cancellationToken)}.",
            Trigger.Change =>
                $"The change detector asked: {(await facts.ChangeAsync(cancellationToken))?.Sentence() ?? "no figures"}.",
            Trigger.Growth =>
                $"Growth asked: {(await facts.GrowthAsync(cancellationToken))?.Sentence() ?? "no labels"}.",
            _ => "",
        };

    /// <summary>The figures of a training that starts: the new labels, and the month's dollars if they are limited.</summary>
    public async Task<string> StateAsync(Trigger trigger, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var sentences = new List<string>();
        if (trigger.IsByItself() && trigger != Trigger.Growth)
        {
            var labels = await facts.NewLabelsAsync(cancellationToken);
            var rows = (await facts.LearnedAsync(cancellationToken))?.Rows();
            sentences.Add(
                Plural.Of(labels.Count, "label is", "labels are")
                    + $" new{(rows is > 0 ? FormattableString.Invariant($" ({100.0 * labels.Count / rows:0.#} % of the {rows} rows learned)") : "")}."
            );
        }

        if (await facts.WaitingAsync(cancellationToken) is { } waiting)
        {
            sentences.Add(
                $"Version {waiting.Version} awaits approval: an accepted version of this training supersedes it."
            );
        }

        if (loop.Project.Retraining.Budget is not null)
        {
            var spend = await facts.SpendAsync(now, cancellationToken);
            sentences.Add(
                $"Before it, {spend.Sentence()}."
                    + (
                        spend.IsExceeded
                            ? " That is over the budget, which stops only trainings of the loop itself."
                            : ""
                    )
            );
        }

        return string.Join(" ", sentences);
    }

    private async Task<string> FigureAsync(CancellationToken cancellationToken)
    {
        try
        {
            var reports = await facts.ReportsAsync(cancellationToken);
            return reports.LastOrDefault(one => one.Value is not null) is { } report
                ? Figure(report)
                : "no figure is measured yet";
        }
        catch (AmazonS3Exception denied) when (denied.StatusCode == HttpStatusCode.Forbidden)
        {
            return "its figure is not shown, because the build's role is older than this version (the next push renews it)";
        }
    }

    private static string Figure(MonitorReport report)
    {
        var kind = report.Kind();
        return FormattableString.Invariant(
            $"{kind.InSentence} {report.Text(report.Value)} [{report.Text(report.Lower)}, {report.Text(report.Upper)}] from {Plural.Of(report.Labels, "audit label", "audit labels")} is {(report.Low ? "" : "not ")}{kind.WrongSide} the threshold {report.Threshold:0.###}"
        );
    }
}
