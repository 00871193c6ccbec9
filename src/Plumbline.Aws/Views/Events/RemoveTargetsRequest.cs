using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Events;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of EventBridge's RemoveTargetsRequest.</summary>
public sealed record RemoveTargetsRequest(JsonObject Tree)
{
    public string Rule => Tree.Text("Rule") ?? throw ViewError.Missing(nameof(RemoveTargetsRequest), "Rule");

    public string? EventBusName => Tree.Text("EventBusName");

    public IEnumerable<string> Ids => Tree.Texts("Ids");
}
