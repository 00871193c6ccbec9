using System.Text.Json.Nodes;
using Plumbline.Aws.Views.CloudWatch;

namespace Plumbline.Aws.Client.Services;

// Written by tools/ApiModels from the views folder.
/// <summary>The items of CloudWatch's lists, page after page.</summary>
public static class CloudWatchPages
{
    public static IAsyncEnumerable<AlarmHistoryItem> DescribeAlarmHistoryPagedAsync(
        this CloudWatchClient client,
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) =>
        client.PageAsync(
            "DescribeAlarmHistory",
            input,
            page => new DescribeAlarmHistoryOutput(page).AlarmHistoryItems,
            cancellationToken
        );

    public static IAsyncEnumerable<MetricAlarm> DescribeAlarmsPagedAsync(
        this CloudWatchClient client,
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) =>
        client.PageAsync(
            "DescribeAlarms",
            input,
            page => new DescribeAlarmsOutput(page).MetricAlarms,
            cancellationToken
        );

    public static IAsyncEnumerable<MetricDataResult> GetMetricDataPagedAsync(
        this CloudWatchClient client,
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) =>
        client.PageAsync(
            "GetMetricData",
            input,
            page => new GetMetricDataOutput(page).MetricDataResults,
            cancellationToken
        );
}
