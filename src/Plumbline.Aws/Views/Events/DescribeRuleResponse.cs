using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Events;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of EventBridge's DescribeRuleResponse.</summary>
public sealed record DescribeRuleResponse(JsonObject Tree)
{
    public string? Name => Tree.Text("Name");

    public string? EventPattern => Tree.Text("EventPattern");

    public string? ScheduleExpression => Tree.Text("ScheduleExpression");

    public string? State => Tree.Text("State");
}
