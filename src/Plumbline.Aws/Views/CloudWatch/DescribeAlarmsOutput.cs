using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CloudWatch;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch's DescribeAlarmsOutput.</summary>
public sealed record DescribeAlarmsOutput(JsonObject Tree)
{
    public IEnumerable<MetricAlarm> MetricAlarms => Tree.Objects("MetricAlarms").Select(one => new MetricAlarm(one));

    public IEnumerable<CompositeAlarm> CompositeAlarms =>
        Tree.Objects("CompositeAlarms").Select(one => new CompositeAlarm(one));
}
