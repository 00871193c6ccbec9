using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's ProductionVariantStatus.</summary>
public sealed record ProductionVariantStatus(JsonObject Tree)
{
    public string Status => Tree.Text("Status") ?? throw ViewError.Missing(nameof(ProductionVariantStatus), "Status");

    public DateTimeOffset? StartTime => Tree.Time("StartTime");
}
