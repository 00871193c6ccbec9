using System.Globalization;
using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Gateway;

namespace Plumbline.LocalCloud.Services.CloudWatch.Alarms;

internal sealed class AlarmHistoryApi(AlarmHistoryStore history)
{
    private const int LargestPage = 100;

    public Task<JsonObject> DescribeAlarmHistory(AwsCall call)
    {
        var input = call.Input;
        var skip = AlarmPage.Skip(input);
        var limit = input.Int("MaxRecords") ?? LargestPage;
        var query = new AlarmHistoryQuery(
            input.Text("AlarmName"),
            input.Text("HistoryItemType"),
            input.Time("StartDate")?.ToUnixTimeMilliseconds() ?? 0,
            input.Time("EndDate")?.ToUnixTimeMilliseconds() ?? long.MaxValue,
            input.Text("ScanBy") == "TimestampAscending",
            skip
        );
        var found = history.List(query, limit + 1);
        var output = new JsonObject { ["AlarmHistoryItems"] = new JsonArray([.. found.Take(limit).Select(Describe)]) };
        if (found.Count > limit)
        {
            output["NextToken"] = (skip + limit).ToString(CultureInfo.InvariantCulture);
        }

        return Task.FromResult(output);
    }

    private static JsonObject Describe(RecordedAlarmEvent item) =>
        new()
        {
            ["AlarmName"] = item.Alarm,
            ["AlarmType"] = "MetricAlarm",
            ["Timestamp"] = Tree.Of(DateTimeOffset.FromUnixTimeMilliseconds(item.Timestamp)),
            ["HistoryItemType"] = item.Type,
            ["HistorySummary"] = item.Summary,
            ["HistoryData"] = item.Data,
        };
}
