using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Events;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of EventBridge's PutRuleRequest.</summary>
public sealed record PutRuleRequest(JsonObject Tree)
{
    public string? ScheduleExpression => Tree.Text("ScheduleExpression");

    public string? EventPattern => Tree.Text("EventPattern");
}
