namespace Plumbline.Records.Monitoring;

/// <summary>The figures as CloudWatch has them, and the alarm's words: one place for the monitor, the alarm and the rule.</summary>
public static class ModelQualityMetric
{
    /// <summary>The share of right predictions.</summary>
    public const string Accuracy = "accuracy";

    /// <summary>The lower end of its interval.</summary>
    public const string AccuracyLower = "accuracy_lower";

    /// <summary>The upper end.</summary>
    public const string AccuracyUpper = "accuracy_upper";

    /// <summary>How many audit labels there are; published with or without a figure.</summary>
    public const string Labels = "labels";

    /// <summary>The dimension that names the endpoint.</summary>
    public const string EndpointDimension = "Endpoint";

    /// <summary>The dimension that names the schedule, whose value is <see cref="ScheduleName"/>.</summary>
    public const string ScheduleDimension = "MonitoringSchedule";

    /// <summary>The monitoring schedule of a project.</summary>
    public static string ScheduleName(string project) => $"{project}-monitor";

    /// <summary>The accuracy alarm of a project.</summary>
    public static string AlarmName(string project) => $"{project}-accuracy";
}
