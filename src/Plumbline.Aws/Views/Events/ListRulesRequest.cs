using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Events;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of EventBridge's ListRulesRequest.</summary>
public sealed record ListRulesRequest(JsonObject Tree)
{
    public string? NamePrefix => Tree.Text("NamePrefix");

    public string? EventBusName => Tree.Text("EventBusName");

    public string? NextToken => Tree.Text("NextToken");

    public int? Limit => Tree.Int("Limit");
}
