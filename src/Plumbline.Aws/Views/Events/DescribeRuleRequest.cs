using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Events;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of EventBridge's DescribeRuleRequest.</summary>
public sealed record DescribeRuleRequest(JsonObject Tree)
{
    public string Name => Tree.Text("Name") ?? throw ViewError.Missing(nameof(DescribeRuleRequest), "Name");

    public string? EventBusName => Tree.Text("EventBusName");
}
