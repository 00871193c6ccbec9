namespace Plumbline.Records.Monitoring;

/// <summary>Names in CloudWatch, shared by the monitor, the alarm and the rule.</summary>
public static class ModelQualityMetric
{
    /// <summary>The lower end of a metric's interval.</summary>
    /// <param name="metric">The published name, such as <c>accuracy</c> or <c>rmse</c>.</param>
    public static string Lower(string metric) => $"{metric}_lower";

    /// <summary>The upper end of a metric's interval.</summary>
    /// <inheritdoc cref="Lower"/>
    public static string Upper(string metric) => $"{metric}_upper";

    /// <summary>The number of audit labels; published even without a figure.</summary>
    public const string Labels = "labels";

    /// <summary>The dimension with the name of the endpoint.</summary>
    public const string EndpointDimension = "Endpoint";

    /// <summary>The dimension with the name of the schedule, <see cref="ScheduleName"/>.</summary>
    public const string ScheduleDimension = "MonitoringSchedule";

    /// <summary>The monitoring schedule of a project.</summary>
    public static string ScheduleName(string project) => $"{project}-monitor";

    /// <summary>The alarm on a project's figure. Its name stays if the metric changes.</summary>
    public static string AlarmName(string project) => $"{project}-accuracy";
}
