using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's UpdateEndpointInput.</summary>
public sealed record UpdateEndpointInput(JsonObject Tree)
{
    public string EndpointName =>
        Tree.Text("EndpointName") ?? throw ViewError.Missing(nameof(UpdateEndpointInput), "EndpointName");

    public string EndpointConfigName =>
        Tree.Text("EndpointConfigName") ?? throw ViewError.Missing(nameof(UpdateEndpointInput), "EndpointConfigName");

    public DeploymentConfig? DeploymentConfig =>
        Tree.Object("DeploymentConfig") is { } tree ? new DeploymentConfig(tree) : null;

    public bool? RetainDeploymentConfig => Tree.Bool("RetainDeploymentConfig");

    public bool? RetainAllVariantProperties => Tree.Bool("RetainAllVariantProperties");

    public IEnumerable<VariantProperty> ExcludeRetainedVariantProperties =>
        Tree.Objects("ExcludeRetainedVariantProperties").Select(one => new VariantProperty(one));
}
