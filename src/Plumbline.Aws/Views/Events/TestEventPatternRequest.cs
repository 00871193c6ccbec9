using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Events;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of EventBridge's TestEventPatternRequest.</summary>
public sealed record TestEventPatternRequest(JsonObject Tree)
{
    public string EventPattern =>
        Tree.Text("EventPattern") ?? throw ViewError.Missing(nameof(TestEventPatternRequest), "EventPattern");

    public string Event => Tree.Text("Event") ?? throw ViewError.Missing(nameof(TestEventPatternRequest), "Event");
}
