using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's ProductionVariantSummary.</summary>
public sealed record ProductionVariantSummary(JsonObject Tree)
{
    public int? DesiredInstanceCount => Tree.Int("DesiredInstanceCount");
}
