using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CloudWatch;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch's PutMetricAlarmInput.</summary>
public sealed record PutMetricAlarmInput(JsonObject Tree)
{
    public string AlarmName =>
        Tree.Text("AlarmName") ?? throw ViewError.Missing(nameof(PutMetricAlarmInput), "AlarmName");

    public IEnumerable<string> OKActions => Tree.Texts("OKActions");

    public IEnumerable<string> AlarmActions => Tree.Texts("AlarmActions");

    public IEnumerable<string> InsufficientDataActions => Tree.Texts("InsufficientDataActions");

    public string? MetricName => Tree.Text("MetricName");

    public string? Namespace => Tree.Text("Namespace");

    public string? Statistic => Tree.Text("Statistic");

    public string? ExtendedStatistic => Tree.Text("ExtendedStatistic");

    public int? Period => Tree.Int("Period");

    public int? EvaluationPeriods => Tree.Int("EvaluationPeriods");

    public int? DatapointsToAlarm => Tree.Int("DatapointsToAlarm");

    public string? ComparisonOperator => Tree.Text("ComparisonOperator");

    public IEnumerable<MetricDataQuery> Metrics => Tree.Objects("Metrics").Select(one => new MetricDataQuery(one));
}
