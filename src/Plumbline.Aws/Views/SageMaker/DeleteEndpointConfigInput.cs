using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's DeleteEndpointConfigInput.</summary>
public sealed record DeleteEndpointConfigInput(JsonObject Tree)
{
    public string EndpointConfigName =>
        Tree.Text("EndpointConfigName")
        ?? throw ViewError.Missing(nameof(DeleteEndpointConfigInput), "EndpointConfigName");
}
