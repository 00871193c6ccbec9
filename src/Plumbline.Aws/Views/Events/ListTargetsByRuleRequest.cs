using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Events;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of EventBridge's ListTargetsByRuleRequest.</summary>
public sealed record ListTargetsByRuleRequest(JsonObject Tree)
{
    public string Rule => Tree.Text("Rule") ?? throw ViewError.Missing(nameof(ListTargetsByRuleRequest), "Rule");

    public string? EventBusName => Tree.Text("EventBusName");

    public string? NextToken => Tree.Text("NextToken");

    public int? Limit => Tree.Int("Limit");
}
