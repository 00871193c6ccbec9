using System.Text.Json.Nodes;

namespace Plumbline.Aws.Client.Services;

// Written by tools/ApiModels from operations.txt.
/// <summary>CloudWatch, an operation a method; inputs and outputs have AWS's names.</summary>
public sealed class CloudWatchClient(AwsConnection connection) : AwsClient(connection, "monitoring")
{
    /// <summary>DeleteAlarms.</summary>
    public Task<JsonObject> DeleteAlarmsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DeleteAlarms", input, cancellationToken);

    /// <summary>DescribeAlarmHistory.</summary>
    public Task<JsonObject> DescribeAlarmHistoryAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DescribeAlarmHistory", input, cancellationToken);

    /// <summary>DescribeAlarms.</summary>
    public Task<JsonObject> DescribeAlarmsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DescribeAlarms", input, cancellationToken);

    /// <summary>DescribeAlarmsForMetric.</summary>
    public Task<JsonObject> DescribeAlarmsForMetricAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DescribeAlarmsForMetric", input, cancellationToken);

    /// <summary>DisableAlarmActions.</summary>
    public Task<JsonObject> DisableAlarmActionsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DisableAlarmActions", input, cancellationToken);

    /// <summary>EnableAlarmActions.</summary>
    public Task<JsonObject> EnableAlarmActionsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("EnableAlarmActions", input, cancellationToken);

    /// <summary>GetMetricData.</summary>
    public Task<JsonObject> GetMetricDataAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("GetMetricData", input, cancellationToken);

    /// <summary>GetMetricStatistics.</summary>
    public Task<JsonObject> GetMetricStatisticsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("GetMetricStatistics", input, cancellationToken);

    /// <summary>ListMetrics.</summary>
    public Task<JsonObject> ListMetricsAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("ListMetrics", input, cancellationToken);

    /// <summary>ListTagsForResource.</summary>
    public Task<JsonObject> ListTagsForResourceAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListTagsForResource", input, cancellationToken);

    /// <summary>PutMetricAlarm.</summary>
    public Task<JsonObject> PutMetricAlarmAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("PutMetricAlarm", input, cancellationToken);

    /// <summary>PutMetricData.</summary>
    public Task<JsonObject> PutMetricDataAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("PutMetricData", input, cancellationToken);

    /// <summary>SetAlarmState.</summary>
    public Task<JsonObject> SetAlarmStateAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("SetAlarmState", input, cancellationToken);

    /// <summary>TagResource.</summary>
    public Task<JsonObject> TagResourceAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("TagResource", input, cancellationToken);

    /// <summary>UntagResource.</summary>
    public Task<JsonObject> UntagResourceAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("UntagResource", input, cancellationToken);
}
