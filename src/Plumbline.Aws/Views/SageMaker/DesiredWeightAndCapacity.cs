using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's DesiredWeightAndCapacity.</summary>
public sealed record DesiredWeightAndCapacity(JsonObject Tree)
{
    public string VariantName =>
        Tree.Text("VariantName") ?? throw ViewError.Missing(nameof(DesiredWeightAndCapacity), "VariantName");

    public double? DesiredWeight => Tree.Double("DesiredWeight");

    public int? DesiredInstanceCount => Tree.Int("DesiredInstanceCount");
}
