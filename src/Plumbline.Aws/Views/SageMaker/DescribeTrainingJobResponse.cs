using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's DescribeTrainingJobResponse.</summary>
public sealed record DescribeTrainingJobResponse(JsonObject Tree)
{
    public IReadOnlyDictionary<string, string> HyperParameters => Tree.Map("HyperParameters");

    public ResourceConfig? ResourceConfig =>
        Tree.Object("ResourceConfig") is { } tree ? new ResourceConfig(tree) : null;

    public int? TrainingTimeInSeconds => Tree.Int("TrainingTimeInSeconds");

    public string TrainingJobStatus =>
        Tree.Text("TrainingJobStatus")
        ?? throw ViewError.Missing(nameof(DescribeTrainingJobResponse), "TrainingJobStatus");

    public string? FailureReason => Tree.Text("FailureReason");
}
