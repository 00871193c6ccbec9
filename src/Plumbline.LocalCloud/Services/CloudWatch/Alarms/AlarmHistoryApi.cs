using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.CloudWatch;
using Plumbline.LocalCloud.Gateway;

namespace Plumbline.LocalCloud.Services.CloudWatch.Alarms;

internal sealed class AlarmHistoryApi(AlarmHistoryStore history)
{
    private const int LargestPage = 100;

    public Task<JsonObject> DescribeAlarmHistory(AwsCall call)
    {
        var request = new DescribeAlarmHistoryInput(call.Input);
        var skip = ListPage.Skip(request.NextToken, CloudWatchErrors.InvalidToken);
        var limit = request.MaxRecords ?? LargestPage;
        var query = new AlarmHistoryQuery(
            request.AlarmName,
            request.HistoryItemType,
            request.StartDate?.ToUnixTimeMilliseconds() ?? 0,
            request.EndDate?.ToUnixTimeMilliseconds() ?? long.MaxValue,
            request.ScanBy == ScanBy.TimestampAscending,
            skip
        );
        var found = history.List(query, limit + 1).Select(Describe);
        return Task.FromResult(ListPage.Of("AlarmHistoryItems", found, skip, limit));
    }

    private static JsonObject Describe(RecordedAlarmEvent item) =>
        new()
        {
            ["AlarmName"] = item.Alarm,
            ["AlarmType"] = AlarmType.MetricAlarm,
            ["Timestamp"] = Tree.Of(DateTimeOffset.FromUnixTimeMilliseconds(item.Timestamp)),
            ["HistoryItemType"] = item.Type,
            ["HistorySummary"] = item.Summary,
            ["HistoryData"] = item.Data,
        };
}
