using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's BlueGreenUpdatePolicy.</summary>
public sealed record BlueGreenUpdatePolicy(JsonObject Tree)
{
    public TrafficRoutingConfig TrafficRoutingConfiguration =>
        new(
            Tree.Object("TrafficRoutingConfiguration")
                ?? throw ViewError.Missing(nameof(BlueGreenUpdatePolicy), "TrafficRoutingConfiguration")
        );

    public int? TerminationWaitInSeconds => Tree.Int("TerminationWaitInSeconds");
}
