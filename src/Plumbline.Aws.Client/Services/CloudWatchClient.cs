using System.Text.Json.Nodes;

namespace Plumbline.Aws.Client.Services;

// Written by tools/ApiModels from operations.txt.
/// <summary>CloudWatch: one method for each operation; inputs and outputs have AWS's member names.</summary>
public sealed class CloudWatchClient(AwsConnection connection) : AwsClient(connection, "monitoring")
{
    public Task<JsonObject> DeleteAlarmsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DeleteAlarms", input, cancellationToken);

    public Task<JsonObject> DescribeAlarmHistoryAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DescribeAlarmHistory", input, cancellationToken);

    public Task<JsonObject> DescribeAlarmsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DescribeAlarms", input, cancellationToken);

    public Task<JsonObject> DescribeAlarmsForMetricAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DescribeAlarmsForMetric", input, cancellationToken);

    public Task<JsonObject> DisableAlarmActionsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DisableAlarmActions", input, cancellationToken);

    public Task<JsonObject> EnableAlarmActionsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("EnableAlarmActions", input, cancellationToken);

    public Task<JsonObject> GetMetricDataAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("GetMetricData", input, cancellationToken);

    public Task<JsonObject> GetMetricStatisticsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("GetMetricStatistics", input, cancellationToken);

    public Task<JsonObject> ListMetricsAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("ListMetrics", input, cancellationToken);

    public Task<JsonObject> ListTagsForResourceAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListTagsForResource", input, cancellationToken);

    public Task<JsonObject> PutMetricAlarmAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("PutMetricAlarm", input, cancellationToken);

    public Task<JsonObject> PutMetricDataAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("PutMetricData", input, cancellationToken);

    public Task<JsonObject> SetAlarmStateAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("SetAlarmState", input, cancellationToken);

    public Task<JsonObject> TagResourceAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("TagResource", input, cancellationToken);

    public Task<JsonObject> UntagResourceAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("UntagResource", input, cancellationToken);
}
