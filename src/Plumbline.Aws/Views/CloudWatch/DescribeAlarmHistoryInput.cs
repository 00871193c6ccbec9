using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CloudWatch;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch's DescribeAlarmHistoryInput.</summary>
public sealed record DescribeAlarmHistoryInput(JsonObject Tree)
{
    public string? AlarmName => Tree.Text("AlarmName");

    public string? HistoryItemType => Tree.Text("HistoryItemType");

    public DateTimeOffset? StartDate => Tree.Time("StartDate");

    public DateTimeOffset? EndDate => Tree.Time("EndDate");

    public string? ScanBy => Tree.Text("ScanBy");

    public int? MaxRecords => Tree.Int("MaxRecords");

    public string? NextToken => Tree.Text("NextToken");
}
