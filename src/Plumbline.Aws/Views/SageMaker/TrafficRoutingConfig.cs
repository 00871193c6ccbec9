using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's TrafficRoutingConfig.</summary>
public sealed record TrafficRoutingConfig(JsonObject Tree)
{
    public string Type => Tree.Text("Type") ?? throw ViewError.Missing(nameof(TrafficRoutingConfig), "Type");

    public int WaitIntervalInSeconds =>
        Tree.Int("WaitIntervalInSeconds")
        ?? throw ViewError.Missing(nameof(TrafficRoutingConfig), "WaitIntervalInSeconds");
}
