using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Events;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of EventBridge's PutEventsRequest.</summary>
public sealed record PutEventsRequest(JsonObject Tree)
{
    public IEnumerable<PutEventsRequestEntry> Entries =>
        Tree.Objects("Entries").Select(one => new PutEventsRequestEntry(one));
}
