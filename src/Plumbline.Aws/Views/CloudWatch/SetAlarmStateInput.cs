using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CloudWatch;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch's SetAlarmStateInput.</summary>
public sealed record SetAlarmStateInput(JsonObject Tree)
{
    public string AlarmName =>
        Tree.Text("AlarmName") ?? throw ViewError.Missing(nameof(SetAlarmStateInput), "AlarmName");

    public string StateValue =>
        Tree.Text("StateValue") ?? throw ViewError.Missing(nameof(SetAlarmStateInput), "StateValue");

    public string StateReason =>
        Tree.Text("StateReason") ?? throw ViewError.Missing(nameof(SetAlarmStateInput), "StateReason");

    public string? StateReasonData => Tree.Text("StateReasonData");
}
