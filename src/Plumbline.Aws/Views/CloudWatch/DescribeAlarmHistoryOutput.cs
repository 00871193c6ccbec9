using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CloudWatch;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch's DescribeAlarmHistoryOutput.</summary>
public sealed record DescribeAlarmHistoryOutput(JsonObject Tree)
{
    public IEnumerable<AlarmHistoryItem> AlarmHistoryItems =>
        Tree.Objects("AlarmHistoryItems").Select(one => new AlarmHistoryItem(one));
}
