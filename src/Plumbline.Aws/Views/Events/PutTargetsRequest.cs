using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Events;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of EventBridge's PutTargetsRequest.</summary>
public sealed record PutTargetsRequest(JsonObject Tree)
{
    public string Rule => Tree.Text("Rule") ?? throw ViewError.Missing(nameof(PutTargetsRequest), "Rule");

    public string? EventBusName => Tree.Text("EventBusName");

    public IEnumerable<Target> Targets => Tree.Objects("Targets").Select(one => new Target(one));
}
