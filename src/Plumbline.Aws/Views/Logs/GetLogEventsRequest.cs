using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Logs;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch Logs's GetLogEventsRequest.</summary>
public sealed record GetLogEventsRequest(JsonObject Tree)
{
    public string? LogGroupName => Tree.Text("logGroupName");

    public string? LogGroupIdentifier => Tree.Text("logGroupIdentifier");

    public string LogStreamName =>
        Tree.Text("logStreamName") ?? throw ViewError.Missing(nameof(GetLogEventsRequest), "logStreamName");

    public long? StartTime => Tree.Long("startTime");

    public long? EndTime => Tree.Long("endTime");

    public string? NextToken => Tree.Text("nextToken");

    public int? Limit => Tree.Int("limit");

    public bool? StartFromHead => Tree.Bool("startFromHead");
}
