using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's PendingDeploymentSummary.</summary>
public sealed record PendingDeploymentSummary(JsonObject Tree)
{
    public string EndpointConfigName =>
        Tree.Text("EndpointConfigName")
        ?? throw ViewError.Missing(nameof(PendingDeploymentSummary), "EndpointConfigName");

    public IEnumerable<PendingProductionVariantSummary> ProductionVariants =>
        Tree.Objects("ProductionVariants").Select(one => new PendingProductionVariantSummary(one));

    public DateTimeOffset? StartTime => Tree.Time("StartTime");
}
