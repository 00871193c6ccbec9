using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Events;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of EventBridge's PutEventsResultEntry.</summary>
public sealed record PutEventsResultEntry(JsonObject Tree)
{
    public string? ErrorCode => Tree.Text("ErrorCode");

    public string? ErrorMessage => Tree.Text("ErrorMessage");
}
