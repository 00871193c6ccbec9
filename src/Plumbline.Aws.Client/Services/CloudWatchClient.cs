using System.Text.Json.Nodes;
using Plumbline.Aws.Views.CloudWatch;

namespace Plumbline.Aws.Client.Services;

// Written by tools/ApiModels from operations.txt and the views folder.
/// <summary>CloudWatch: one method for each operation; inputs and outputs have AWS's member names.</summary>
public sealed class CloudWatchClient(AwsConnection connection) : AwsClient(connection, "monitoring")
{
    public Task<JsonObject> DeleteAlarmsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DeleteAlarms", input, cancellationToken);

    public async Task<DescribeAlarmHistoryOutput> DescribeAlarmHistoryAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("DescribeAlarmHistory", input, cancellationToken));

    public async Task<DescribeAlarmsOutput> DescribeAlarmsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("DescribeAlarms", input, cancellationToken));

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

    public async Task<GetMetricDataOutput> GetMetricDataAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("GetMetricData", input, cancellationToken));

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
