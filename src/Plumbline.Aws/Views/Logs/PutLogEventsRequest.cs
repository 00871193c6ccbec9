using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Logs;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch Logs's PutLogEventsRequest.</summary>
public sealed record PutLogEventsRequest(JsonObject Tree)
{
    public string LogGroupName =>
        Tree.Text("logGroupName") ?? throw ViewError.Missing(nameof(PutLogEventsRequest), "logGroupName");

    public string LogStreamName =>
        Tree.Text("logStreamName") ?? throw ViewError.Missing(nameof(PutLogEventsRequest), "logStreamName");

    public IEnumerable<InputLogEvent> LogEvents => Tree.Objects("logEvents").Select(one => new InputLogEvent(one));
}
