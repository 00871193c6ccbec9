using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CloudWatch;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch's EnableAlarmActionsInput.</summary>
public sealed record EnableAlarmActionsInput(JsonObject Tree)
{
    public IEnumerable<string> AlarmNames => Tree.Texts("AlarmNames");
}
