using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Logs;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch Logs's CreateLogStreamRequest.</summary>
public sealed record CreateLogStreamRequest(JsonObject Tree)
{
    public string LogGroupName =>
        Tree.Text("logGroupName") ?? throw ViewError.Missing(nameof(CreateLogStreamRequest), "logGroupName");

    public string LogStreamName =>
        Tree.Text("logStreamName") ?? throw ViewError.Missing(nameof(CreateLogStreamRequest), "logStreamName");
}
