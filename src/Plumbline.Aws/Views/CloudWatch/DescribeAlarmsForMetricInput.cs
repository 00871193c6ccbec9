using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CloudWatch;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch's DescribeAlarmsForMetricInput.</summary>
public sealed record DescribeAlarmsForMetricInput(JsonObject Tree)
{
    public string MetricName =>
        Tree.Text("MetricName") ?? throw ViewError.Missing(nameof(DescribeAlarmsForMetricInput), "MetricName");

    public string Namespace =>
        Tree.Text("Namespace") ?? throw ViewError.Missing(nameof(DescribeAlarmsForMetricInput), "Namespace");

    public string? Statistic => Tree.Text("Statistic");

    public string? ExtendedStatistic => Tree.Text("ExtendedStatistic");

    public IEnumerable<Dimension> Dimensions => Tree.Objects("Dimensions").Select(one => new Dimension(one));

    public int? Period => Tree.Int("Period");

    public string? Unit => Tree.Text("Unit");
}
