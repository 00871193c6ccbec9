using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Events;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of EventBridge's DeleteRuleRequest.</summary>
public sealed record DeleteRuleRequest(JsonObject Tree)
{
    public string Name => Tree.Text("Name") ?? throw ViewError.Missing(nameof(DeleteRuleRequest), "Name");

    public string? EventBusName => Tree.Text("EventBusName");
}
