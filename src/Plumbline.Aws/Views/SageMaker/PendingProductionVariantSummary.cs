using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's PendingProductionVariantSummary.</summary>
public sealed record PendingProductionVariantSummary(JsonObject Tree)
{
    public IEnumerable<ProductionVariantStatus> VariantStatus =>
        Tree.Objects("VariantStatus").Select(one => new ProductionVariantStatus(one));
}
