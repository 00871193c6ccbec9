using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CloudWatch;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch's PutMetricDataInput.</summary>
public sealed record PutMetricDataInput(JsonObject Tree)
{
    public string Namespace =>
        Tree.Text("Namespace") ?? throw ViewError.Missing(nameof(PutMetricDataInput), "Namespace");

    public IEnumerable<MetricDatum> MetricData => Tree.Objects("MetricData").Select(one => new MetricDatum(one));
}
