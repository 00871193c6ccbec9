using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CloudWatch;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch's MetricAlarm.</summary>
public sealed record MetricAlarm(JsonObject Tree)
{
    public string AlarmName => Tree.Text("AlarmName") ?? throw ViewError.Missing(nameof(MetricAlarm), "AlarmName");

    public string StateValue => Tree.Text("StateValue") ?? throw ViewError.Missing(nameof(MetricAlarm), "StateValue");

    public DateTimeOffset StateUpdatedTimestamp =>
        Tree.Time("StateUpdatedTimestamp") ?? throw ViewError.Missing(nameof(MetricAlarm), "StateUpdatedTimestamp");

    public string? AlarmArn => Tree.Text("AlarmArn");

    public string? AlarmDescription => Tree.Text("AlarmDescription");

    public DateTimeOffset AlarmConfigurationUpdatedTimestamp =>
        Tree.Time("AlarmConfigurationUpdatedTimestamp")
        ?? throw ViewError.Missing(nameof(MetricAlarm), "AlarmConfigurationUpdatedTimestamp");

    public bool? ActionsEnabled => Tree.Bool("ActionsEnabled");

    public IEnumerable<string> OKActions => Tree.Texts("OKActions");

    public IEnumerable<string> AlarmActions => Tree.Texts("AlarmActions");

    public IEnumerable<string> InsufficientDataActions => Tree.Texts("InsufficientDataActions");

    public string? StateReason => Tree.Text("StateReason");

    public string? StateReasonData => Tree.Text("StateReasonData");

    public string? MetricName => Tree.Text("MetricName");

    public string? Namespace => Tree.Text("Namespace");

    public string? Statistic => Tree.Text("Statistic");

    public string? ExtendedStatistic => Tree.Text("ExtendedStatistic");

    public IEnumerable<Dimension> Dimensions => Tree.Objects("Dimensions").Select(one => new Dimension(one));

    public int? Period => Tree.Int("Period");

    public string? Unit => Tree.Text("Unit");

    public int EvaluationPeriods =>
        Tree.Int("EvaluationPeriods") ?? throw ViewError.Missing(nameof(MetricAlarm), "EvaluationPeriods");

    public int? DatapointsToAlarm => Tree.Int("DatapointsToAlarm");

    public double Threshold => Tree.Double("Threshold") ?? throw ViewError.Missing(nameof(MetricAlarm), "Threshold");

    public string ComparisonOperator =>
        Tree.Text("ComparisonOperator") ?? throw ViewError.Missing(nameof(MetricAlarm), "ComparisonOperator");

    public string? TreatMissingData => Tree.Text("TreatMissingData");

    public string? EvaluateLowSampleCountPercentile => Tree.Text("EvaluateLowSampleCountPercentile");

    public IEnumerable<MetricDataQuery> Metrics => Tree.Objects("Metrics").Select(one => new MetricDataQuery(one));
}
