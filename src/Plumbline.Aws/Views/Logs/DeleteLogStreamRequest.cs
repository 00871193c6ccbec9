using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Logs;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch Logs's DeleteLogStreamRequest.</summary>
public sealed record DeleteLogStreamRequest(JsonObject Tree)
{
    public string LogGroupName =>
        Tree.Text("logGroupName") ?? throw ViewError.Missing(nameof(DeleteLogStreamRequest), "logGroupName");

    public string LogStreamName =>
        Tree.Text("logStreamName") ?? throw ViewError.Missing(nameof(DeleteLogStreamRequest), "logStreamName");
}
