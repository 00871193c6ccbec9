using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Events;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of EventBridge's PutEventsRequestEntry.</summary>
public sealed record PutEventsRequestEntry(JsonObject Tree)
{
    public DateTimeOffset? Time => Tree.Time("Time");

    public string? Source => Tree.Text("Source");

    public IEnumerable<string> Resources => Tree.Texts("Resources");

    public string? DetailType => Tree.Text("DetailType");

    public string? Detail => Tree.Text("Detail");

    public string? EventBusName => Tree.Text("EventBusName");
}
