using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CloudWatch;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch's PutMetricAlarmInput.</summary>
public sealed record PutMetricAlarmInput(JsonObject Tree)
{
    public int? Period => Tree.Int("Period");

    public int? EvaluationPeriods => Tree.Int("EvaluationPeriods");
}
