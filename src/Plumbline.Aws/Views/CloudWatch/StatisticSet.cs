using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CloudWatch;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch's StatisticSet.</summary>
public sealed record StatisticSet(JsonObject Tree)
{
    public double SampleCount =>
        Tree.Double("SampleCount") ?? throw ViewError.Missing(nameof(StatisticSet), "SampleCount");

    public double Sum => Tree.Double("Sum") ?? throw ViewError.Missing(nameof(StatisticSet), "Sum");

    public double Minimum => Tree.Double("Minimum") ?? throw ViewError.Missing(nameof(StatisticSet), "Minimum");

    public double Maximum => Tree.Double("Maximum") ?? throw ViewError.Missing(nameof(StatisticSet), "Maximum");
}
