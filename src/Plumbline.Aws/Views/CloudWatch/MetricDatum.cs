using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CloudWatch;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch's MetricDatum.</summary>
public sealed record MetricDatum(JsonObject Tree)
{
    public string MetricName => Tree.Text("MetricName") ?? throw ViewError.Missing(nameof(MetricDatum), "MetricName");

    public IEnumerable<Dimension> Dimensions => Tree.Objects("Dimensions").Select(one => new Dimension(one));

    public DateTimeOffset? Timestamp => Tree.Time("Timestamp");

    public double? Value => Tree.Double("Value");

    public StatisticSet? StatisticValues => Tree.Object("StatisticValues") is { } tree ? new StatisticSet(tree) : null;

    public string? Unit => Tree.Text("Unit");

    public int? StorageResolution => Tree.Int("StorageResolution");
}
