using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's VariantProperty.</summary>
public sealed record VariantProperty(JsonObject Tree)
{
    public string VariantPropertyType =>
        Tree.Text("VariantPropertyType") ?? throw ViewError.Missing(nameof(VariantProperty), "VariantPropertyType");
}
