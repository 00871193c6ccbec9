using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's NetworkConfig.</summary>
public sealed record NetworkConfig(JsonObject Tree)
{
    public bool? EnableNetworkIsolation => Tree.Bool("EnableNetworkIsolation");
}
