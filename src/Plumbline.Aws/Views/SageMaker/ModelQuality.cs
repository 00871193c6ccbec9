using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's ModelQuality.</summary>
public sealed record ModelQuality(JsonObject Tree)
{
    public MetricsSource? Statistics => Tree.Object("Statistics") is { } tree ? new MetricsSource(tree) : null;
}
