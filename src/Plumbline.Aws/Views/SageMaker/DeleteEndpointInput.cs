using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's DeleteEndpointInput.</summary>
public sealed record DeleteEndpointInput(JsonObject Tree)
{
    public string EndpointName =>
        Tree.Text("EndpointName") ?? throw ViewError.Missing(nameof(DeleteEndpointInput), "EndpointName");
}
