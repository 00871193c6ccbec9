using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CloudWatch;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch's MetricAlarm.</summary>
public sealed record MetricAlarm(JsonObject Tree)
{
    public string AlarmName => Tree.Text("AlarmName") ?? throw ViewError.Missing(nameof(MetricAlarm), "AlarmName");

    public string StateValue => Tree.Text("StateValue") ?? throw ViewError.Missing(nameof(MetricAlarm), "StateValue");

    public DateTimeOffset? StateUpdatedTimestamp => Tree.Time("StateUpdatedTimestamp");
}
