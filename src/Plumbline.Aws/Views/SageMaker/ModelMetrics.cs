using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's ModelMetrics.</summary>
public sealed record ModelMetrics(JsonObject Tree)
{
    public ModelQuality? ModelQuality => Tree.Object("ModelQuality") is { } tree ? new ModelQuality(tree) : null;
}
