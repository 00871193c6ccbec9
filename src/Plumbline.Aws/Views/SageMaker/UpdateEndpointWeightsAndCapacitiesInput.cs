using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's UpdateEndpointWeightsAndCapacitiesInput.</summary>
public sealed record UpdateEndpointWeightsAndCapacitiesInput(JsonObject Tree)
{
    public string EndpointName =>
        Tree.Text("EndpointName")
        ?? throw ViewError.Missing(nameof(UpdateEndpointWeightsAndCapacitiesInput), "EndpointName");

    public IEnumerable<DesiredWeightAndCapacity> DesiredWeightsAndCapacities =>
        Tree.Objects("DesiredWeightsAndCapacities").Select(one => new DesiredWeightAndCapacity(one));
}
