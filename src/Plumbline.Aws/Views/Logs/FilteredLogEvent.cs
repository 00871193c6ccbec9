using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Logs;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch Logs's FilteredLogEvent.</summary>
public sealed record FilteredLogEvent(JsonObject Tree)
{
    public string LogStreamName =>
        Tree.Text("logStreamName") ?? throw ViewError.Missing(nameof(FilteredLogEvent), "logStreamName");

    public string Message => Tree.Text("message") ?? throw ViewError.Missing(nameof(FilteredLogEvent), "message");
}
