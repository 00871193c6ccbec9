using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Events;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of EventBridge's ListRuleNamesByTargetRequest.</summary>
public sealed record ListRuleNamesByTargetRequest(JsonObject Tree)
{
    public string TargetArn =>
        Tree.Text("TargetArn") ?? throw ViewError.Missing(nameof(ListRuleNamesByTargetRequest), "TargetArn");

    public string? EventBusName => Tree.Text("EventBusName");

    public string? NextToken => Tree.Text("NextToken");

    public int? Limit => Tree.Int("Limit");
}
