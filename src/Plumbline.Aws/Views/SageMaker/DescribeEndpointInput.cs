using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's DescribeEndpointInput.</summary>
public sealed record DescribeEndpointInput(JsonObject Tree)
{
    public string EndpointName =>
        Tree.Text("EndpointName") ?? throw ViewError.Missing(nameof(DescribeEndpointInput), "EndpointName");
}
