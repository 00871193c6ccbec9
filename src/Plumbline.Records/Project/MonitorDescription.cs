using System.Globalization;

namespace Plumbline.Records.Project;

/// <summary>The settings for measuring the accuracy in production.</summary>
public sealed record MonitorDescription
{
    /// <summary>
    /// <c>hourly</c>, <c>daily</c>, <c>weekly</c>, or EventBridge's <c>cron(...)</c> or <c>rate(...)</c>, in UTC.
    /// </summary>
    public string Schedule { get; init; } = "daily";

    /// <summary>The length of the measured window; follows from the schedule, except for cron.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromDays(1);

    /// <summary>
    /// The number of the window with a time: of the day, of the hour, or of the week from Monday on, in UTC. Requests that
    /// come at about the same time each day are in different windows, some seconds earlier or later.
    /// </summary>
    public static long WindowAt(DateTimeOffset time, TimeSpan window) => time.UtcTicks / window.Ticks;

    /// <summary>The longest delay of labels: the window ends this long before the run.</summary>
    public TimeSpan LabelDelay { get; init; } = TimeSpan.Zero;

    /// <summary>
    /// The share of predictions whose labels make the published figure; a hash picks them before anyone sees the
    /// answer.
    /// </summary>
    public double AuditShare { get; init; } = 0.10;

    /// <summary>
    /// Half the width of the figure's 95 % interval that is asked for, in the unit of the metric. Reviewers are asked for
    /// as many labels as that takes, and not for more; null asks for all of the audit sample.
    /// </summary>
    public double? Precision { get; init; }

    /// <summary>The predictions for which truth comes.</summary>
    public LabelSource Labels { get; init; }

    /// <summary>
    /// True if truth comes for every prediction. <see cref="AuditShare"/> is 1 then, and people are not asked.
    /// </summary>
    public bool LabelsAreComplete() => Labels == LabelSource.Complete;

    /// <summary>With complete labels, the share of missing ones from which a figure may be biased.</summary>
    public const double MostMissing = 0.05;

    /// <summary>With fewer labels, no accuracy is published.</summary>
    public int MinimumLabels { get; init; } = 150;

    /// <summary>The CloudWatch namespace of the metrics.</summary>
    public string Namespace { get; init; } = "Plumbline/ModelQuality";

    /// <summary>The schedule as an EventBridge expression.</summary>
    public string ScheduleExpression() =>
        Schedule switch
        {
            "hourly" => "cron(0 * * * ? *)",
            "daily" => "cron(0 0 * * ? *)",
            "weekly" => "cron(0 0 ? * MON *)",
            _ => Schedule,
        };

    /// <summary>
    /// The window that a schedule implies; null for cron, which needs a window, and for an invalid schedule.
    /// </summary>
    public static TimeSpan? WindowOf(string schedule) =>
        schedule switch
        {
            "hourly" => TimeSpan.FromHours(1),
            "daily" => TimeSpan.FromDays(1),
            "weekly" => TimeSpan.FromDays(7),
            _ => Rate(schedule),
        };

    private static TimeSpan? Rate(string schedule)
    {
        if (!schedule.StartsWith("rate(", StringComparison.Ordinal) || !schedule.EndsWith(')'))
            return null;
        if (schedule[5..^1].Split(' ') is not [var number, var unit])
            return null;
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count == 0)
            return null;
        TimeSpan? one = unit.TrimEnd('s') switch
        {
            "minute" => TimeSpan.FromMinutes(1),
            "hour" => TimeSpan.FromHours(1),
            "day" => TimeSpan.FromDays(1),
            _ => null,
        };
        return one * count;
    }
}

/// <summary>The predictions for which truth comes.</summary>
public enum LabelSource
{
    /// <summary>At least those of the audit sample.</summary>
    Sample,

    /// <summary>All of them, from a system.</summary>
    Complete,
}
