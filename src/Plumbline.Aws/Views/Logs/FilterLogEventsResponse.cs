using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Logs;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch Logs's FilterLogEventsResponse.</summary>
public sealed record FilterLogEventsResponse(JsonObject Tree)
{
    public IEnumerable<FilteredLogEvent> Events => Tree.Objects("events").Select(one => new FilteredLogEvent(one));
}
