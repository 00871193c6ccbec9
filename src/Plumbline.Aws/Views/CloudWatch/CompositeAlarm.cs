using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CloudWatch;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch's CompositeAlarm.</summary>
public sealed record CompositeAlarm(JsonObject Tree)
{
    public string AlarmName => Tree.Text("AlarmName") ?? throw ViewError.Missing(nameof(CompositeAlarm), "AlarmName");

    public string StateValue =>
        Tree.Text("StateValue") ?? throw ViewError.Missing(nameof(CompositeAlarm), "StateValue");
}
