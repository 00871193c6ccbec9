using System.Text.RegularExpressions;

namespace Plumbline.Records.Project;

/// <summary>Reads the sections capture, monitor and retraining.</summary>
internal static partial class MonitoringSections
{
    private const string Never = "never";

    private const double MostDollars = 1e9;

    /// <summary>
    /// With a precision, half of the predictions may be asked for: as many are as the precision needs. The other half
    /// stays open for uncertain ones, which must not count in the figure.
    /// </summary>
    private const double ShareWithPrecision = 0.5;

    public static CaptureDescription Capture(YamlSection root)
    {
        var d = new CaptureDescription();
        var s = root.Section("capture", "share", "retention");
        var share = s.Share("share", d.Share, 1);
        if ((decimal)share * 100 % 1 != 0)
            throw s.Error("share", "must be a whole percentage, 1% to 100%, for data capture");
        var retention = s.Duration("retention", d.Retention, TimeSpan.FromDays(3650));
        if (retention == TimeSpan.Zero || retention.Ticks % TimeSpan.TicksPerDay != 0)
            throw s.Error("retention", "must be whole days, like 90d: S3 deletes by the day");
        return new CaptureDescription { Share = share, Retention = retention };
    }

    public static MonitorDescription Monitor(YamlSection root)
    {
        var d = new MonitorDescription();
        var s = root.Section(
            "monitor",
            "schedule",
            "window",
            "labels",
            "labelDelay",
            "auditShare",
            "precision",
            "minimumLabels",
            "namespace"
        );
        var schedule = s.Text("schedule", d.Schedule);
        var implied = MonitorDescription.WindowOf(schedule);
        if (implied is null && !CronPattern().IsMatch(schedule))
            throw s.Error("schedule", $"must be hourly, daily, weekly, cron(...) or rate(...), not '{schedule}'");
        if (implied is null && !s.Has("window"))
            throw s.Error("window", "a cron schedule needs the length of its window, like 24h");
        var window = s.Duration("window", implied ?? d.Window, TimeSpan.FromDays(90));
        if (window == TimeSpan.Zero)
            throw s.Error("window", "must be longer than 0");
        var space = s.Text("namespace", d.Namespace);
        if (space.StartsWith("AWS/", StringComparison.Ordinal) || space.Length > 255)
            throw s.Error("namespace", "must have at most 255 characters and not begin with AWS/, which is AWS's own");
        var labels = s.Choice("labels", d.Labels, ("sample", LabelSource.Sample), ("complete", LabelSource.Complete));
        var isComplete = labels == LabelSource.Complete;
        var share = s.Share(
            "auditShare",
            isComplete ? 1
                : s.Has("precision") ? ShareWithPrecision
                : d.AuditShare,
            1
        );
        if (isComplete && share < 1)
            throw s.Error(
                "auditShare",
                "must be 100% with labels: complete, because every prediction measures; omit it"
            );
        return new MonitorDescription
        {
            Schedule = schedule,
            Window = window,
            LabelDelay = s.Duration("labelDelay", d.LabelDelay, TimeSpan.FromDays(365)),
            AuditShare = share,
            Labels = labels,
            Precision = s.Has("precision") ? s.Number("precision", 0) : null,
            MinimumLabels = s.Whole("minimumLabels", d.MinimumLabels, 1, 1_000_000),
            Namespace = space,
        };
    }

    /// <summary>
    /// The keys of <c>retraining</c>. Growth is on by default for boosted trees only: a network may train for a day.
    /// </summary>
    public static RetrainingDescription Retraining(YamlSection root, TrainingDescription training)
    {
        var d = new RetrainingDescription();
        var s = root.Section("retraining", "onChange", "growth", "budget", "coolDown", "minNewLabels", "minPaired");
        if (s.Has("minPaired"))
            throw s.Error("minPaired", "has no effect any more, because keeping production needs proof: delete it");
        return new RetrainingDescription
        {
            OnChange = s.Flag("onChange", d.OnChange),
            Growth =
                s.Is("growth", Never) ? null
                : s.Has("growth") || !training.BringsCode()
                    ? s.Share("growth", RetrainingDescription.UsualGrowthOf(training), 10)
                : null,
            Budget = s.Has("budget") ? (decimal)s.Number("budget", 0, MostDollars) : d.Budget,
            CoolDown = s.Duration("coolDown", d.CoolDown, TimeSpan.FromDays(365)),
            MinNewLabels = s.Whole("minNewLabels", RetrainingDescription.UsualMinNewLabelsOf(training), 0, 1_000_000),
        };
    }

    [GeneratedRegex(@"^cron\([^()]+\)$")]
    private static partial Regex CronPattern();
}
