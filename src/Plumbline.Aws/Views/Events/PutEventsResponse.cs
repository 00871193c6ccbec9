using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Events;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of EventBridge's PutEventsResponse.</summary>
public sealed record PutEventsResponse(JsonObject Tree)
{
    public int? FailedEntryCount => Tree.Int("FailedEntryCount");

    public IEnumerable<PutEventsResultEntry> Entries =>
        Tree.Objects("Entries").Select(one => new PutEventsResultEntry(one));
}
