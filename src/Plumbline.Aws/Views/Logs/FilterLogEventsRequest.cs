using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Logs;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch Logs's FilterLogEventsRequest.</summary>
public sealed record FilterLogEventsRequest(JsonObject Tree)
{
    public string? LogGroupName => Tree.Text("logGroupName");

    public string? LogGroupIdentifier => Tree.Text("logGroupIdentifier");

    public IEnumerable<string> LogStreamNames => Tree.Texts("logStreamNames");

    public string? LogStreamNamePrefix => Tree.Text("logStreamNamePrefix");

    public long? StartTime => Tree.Long("startTime");

    public long? EndTime => Tree.Long("endTime");

    public string? FilterPattern => Tree.Text("filterPattern");

    public string? NextToken => Tree.Text("nextToken");

    public int? Limit => Tree.Int("limit");
}
