using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's CreateEndpointInput.</summary>
public sealed record CreateEndpointInput(JsonObject Tree)
{
    public string EndpointName =>
        Tree.Text("EndpointName") ?? throw ViewError.Missing(nameof(CreateEndpointInput), "EndpointName");

    public string EndpointConfigName =>
        Tree.Text("EndpointConfigName") ?? throw ViewError.Missing(nameof(CreateEndpointInput), "EndpointConfigName");

    public DeploymentConfig? DeploymentConfig =>
        Tree.Object("DeploymentConfig") is { } tree ? new DeploymentConfig(tree) : null;
}
