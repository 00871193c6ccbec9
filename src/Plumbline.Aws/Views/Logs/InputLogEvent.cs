using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Logs;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch Logs's InputLogEvent.</summary>
public sealed record InputLogEvent(JsonObject Tree)
{
    public long Timestamp => Tree.Long("timestamp") ?? throw ViewError.Missing(nameof(InputLogEvent), "timestamp");

    public string Message => Tree.Text("message") ?? throw ViewError.Missing(nameof(InputLogEvent), "message");
}
