using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Events;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of EventBridge's Target.</summary>
public sealed record Target(JsonObject Tree)
{
    public string Id => Tree.Text("Id") ?? throw ViewError.Missing(nameof(Target), "Id");

    public string Arn => Tree.Text("Arn") ?? throw ViewError.Missing(nameof(Target), "Arn");

    public string? RoleArn => Tree.Text("RoleArn");

    public string? Input => Tree.Text("Input");

    public string? InputPath => Tree.Text("InputPath");

    public InputTransformer? InputTransformer =>
        Tree.Object("InputTransformer") is { } tree ? new InputTransformer(tree) : null;

    public SageMakerPipelineParameters? SageMakerPipelineParameters =>
        Tree.Object("SageMakerPipelineParameters") is { } tree ? new SageMakerPipelineParameters(tree) : null;

    public RetryPolicy? RetryPolicy => Tree.Object("RetryPolicy") is { } tree ? new RetryPolicy(tree) : null;
}
