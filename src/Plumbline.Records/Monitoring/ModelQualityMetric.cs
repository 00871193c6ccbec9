namespace Plumbline.Records.Monitoring;

/// <summary>Names in CloudWatch, shared by the monitor, the alarm and the rule.</summary>
public static class ModelQualityMetric
{
    /// <summary>The share of correct predictions.</summary>
    public const string Accuracy = "accuracy";

    /// <summary>The lower end of the accuracy's interval.</summary>
    public const string AccuracyLower = "accuracy_lower";

    /// <summary>The upper end of the accuracy's interval.</summary>
    public const string AccuracyUpper = "accuracy_upper";

    /// <summary>The number of audit labels; published even without an accuracy.</summary>
    public const string Labels = "labels";

    /// <summary>The dimension with the name of the endpoint.</summary>
    public const string EndpointDimension = "Endpoint";

    /// <summary>The dimension with the name of the schedule, <see cref="ScheduleName"/>.</summary>
    public const string ScheduleDimension = "MonitoringSchedule";

    /// <summary>The monitoring schedule of a project.</summary>
    public static string ScheduleName(string project) => $"{project}-monitor";

    /// <summary>The accuracy alarm of a project.</summary>
    public static string AlarmName(string project) => $"{project}-accuracy";
}
