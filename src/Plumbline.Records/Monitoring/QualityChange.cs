using System.Globalization;
using Plumbline.Records.Quality;
using Plumbline.Records.Recipes;
using Plumbline.Records.Statistics;

namespace Plumbline.Records.Monitoring;

/// <summary>
/// The change detector on measurements: the newest figure against those before it (<see cref="AccuracyDrop"/>). It has no
/// memory: the stored reports are all that it needs.
/// </summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Fall">The newest figure, the figure before the change, and the fall in standard errors.</param>
/// <param name="Labels">The labels of the newest figure.</param>
/// <param name="Measurements">The measurements before the change, at most <see cref="AccuracyDrop.Deliveries"/>.</param>
public sealed record QualityChange(string Metric, Fall Fall, long Labels, int Measurements)
{
    /// <summary>True if the newest version has learned from data of after the newest figure.</summary>
    public bool IsLearned { get; init; }

    /// <summary>True if the fall is deeper than chance explains, and no version has learned from it yet.</summary>
    public bool IsDue => !IsLearned && Fall.IsDeeper(AccuracyDrop.OneIn20);

    /// <summary>
    /// The change since the newest version learned. A fall that started no training, for example in the cool-down, stays
    /// due until a training or until a figure that has recovered.
    /// </summary>
    /// <param name="reports">The reports, oldest first.</param>
    /// <param name="metric">The project's metric.</param>
    /// <param name="learned">The time of the newest version's data set; null if it is unknown.</param>
    /// <returns>Null with fewer than two figures.</returns>
    public static QualityChange? Of(IReadOnlyList<MonitorReport> reports, string metric, DateTimeOffset? learned)
    {
        var figures = Apart(reports.Where(one => one.Value is not null && one.Metric == metric));
        QualityChange? deepest = null;
        for (var i = figures.Count - 1; i > 0; i--)
        {
            var isNewest = i == figures.Count - 1;
            if (!isNewest && figures[i].Window.At <= learned)
            {
                break;
            }
            var before = figures[Math.Max(0, i - AccuracyDrop.Deliveries)..i];
            if (!isNewest && Between(figures[i], before)?.IsDue != true)
            {
                continue;
            }
            if (Between(figures[^1], before) is { } change && !(change.Fall.Deviations <= deepest?.Fall.Deviations))
            {
                deepest = change;
            }
        }
        return deepest is null ? null : deepest with { IsLearned = figures[^1].Window.At <= learned };
    }

    /// <summary>The result in words: <c>accuracy 0.81 … is 2.3 standard errors under …</c></summary>
    public string Sentence()
    {
        var kind = MetricKind.Of(Metric);
        var deviations = Math.Abs(Fall.Deviations).ToString("0.0", CultureInfo.InvariantCulture);
        var side = Fall.Deviations >= 0 == kind.HigherIsBetter ? "under" : "over";
        return FormattableString.Invariant(
            $"{kind.InSentence} {kind.Text(Fall.Now)} from {Plural.Of(Labels, "audit label", "audit labels")} is {deviations} standard errors {side} the {kind.Text(Fall.Before)} of {(Measurements == 1 ? "the measurement" : $"{Measurements} measurements")} before, and a fall of {AccuracyDrop.OneIn20} counts as a change{(IsLearned ? "; the newest version is newer" : "")}"
        );
    }

    /// <summary>
    /// The newest reports whose windows do not overlap, oldest first: a label must not be on both sides of a comparison.
    /// </summary>
    private static List<MonitorReport> Apart(IEnumerable<MonitorReport> reports)
    {
        var apart = new List<MonitorReport>();
        foreach (var report in reports.Reverse())
        {
            if (apart.Count == 0 || report.Window.To <= apart[^1].Window.From)
            {
                apart.Add(report);
            }
        }
        apart.Reverse();
        return apart;
    }

    private static QualityChange? Between(MonitorReport now, List<MonitorReport> before) =>
        FallOf(now, before) is { } fall ? new QualityChange(now.Metric, fall, now.Labels, before.Count) : null;

    private static Fall? FallOf(MonitorReport now, List<MonitorReport> before)
    {
        var labels = before.Sum(one => one.Labels);
        if (now.Metric == MetricKind.Accuracy)
        {
            return Fall.OfAccuracy(Right(now), now.Labels, before.Sum(Right), labels);
        }
        // Other metrics have no rows that are right: the widths of their intervals give the errors.
        var figure = before.Sum(one => one.Value!.Value * one.Labels) / labels;
        var variance = before.Sum(one => Variance(one) * one.Labels * one.Labels) / ((double)labels * labels);
        var error = Math.Sqrt(Variance(now) + variance);
        return error > 0 ? new Fall(now.Value!.Value, figure, now.Kind().Gain(figure, now.Value!.Value) / error) : null;
    }

    private static long Right(MonitorReport report) => (long)Math.Round(report.Value!.Value * report.Labels);

    private static double Variance(MonitorReport report) =>
        report is { Lower: { } lower, Upper: { } upper } ? Math.Pow((upper - lower) / (2 * Wilson.Z95), 2) : 0;
}
