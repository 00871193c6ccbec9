using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CloudWatch;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch's GetMetricStatisticsInput.</summary>
public sealed record GetMetricStatisticsInput(JsonObject Tree)
{
    public string Namespace =>
        Tree.Text("Namespace") ?? throw ViewError.Missing(nameof(GetMetricStatisticsInput), "Namespace");

    public string MetricName =>
        Tree.Text("MetricName") ?? throw ViewError.Missing(nameof(GetMetricStatisticsInput), "MetricName");

    public IEnumerable<Dimension> Dimensions => Tree.Objects("Dimensions").Select(one => new Dimension(one));

    public DateTimeOffset StartTime =>
        Tree.Time("StartTime") ?? throw ViewError.Missing(nameof(GetMetricStatisticsInput), "StartTime");

    public DateTimeOffset EndTime =>
        Tree.Time("EndTime") ?? throw ViewError.Missing(nameof(GetMetricStatisticsInput), "EndTime");

    public int Period => Tree.Int("Period") ?? throw ViewError.Missing(nameof(GetMetricStatisticsInput), "Period");

    public IEnumerable<string> Statistics => Tree.Texts("Statistics");

    public IEnumerable<string> ExtendedStatistics => Tree.Texts("ExtendedStatistics");

    public string? Unit => Tree.Text("Unit");
}
