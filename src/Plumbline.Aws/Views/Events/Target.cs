using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Events;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of EventBridge's Target.</summary>
public sealed record Target(JsonObject Tree)
{
    public string Arn => Tree.Text("Arn") ?? throw ViewError.Missing(nameof(Target), "Arn");

    public SageMakerPipelineParameters? SageMakerPipelineParameters =>
        Tree.Object("SageMakerPipelineParameters") is { } tree ? new SageMakerPipelineParameters(tree) : null;
}
