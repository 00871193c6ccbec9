using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's CreateTrainingJobRequest.</summary>
public sealed record CreateTrainingJobRequest(JsonObject Tree)
{
    public string TrainingJobName =>
        Tree.Text("TrainingJobName") ?? throw ViewError.Missing(nameof(CreateTrainingJobRequest), "TrainingJobName");

    public AlgorithmSpecification? AlgorithmSpecification =>
        Tree.Object("AlgorithmSpecification") is { } tree ? new AlgorithmSpecification(tree) : null;

    public string RoleArn =>
        Tree.Text("RoleArn") ?? throw ViewError.Missing(nameof(CreateTrainingJobRequest), "RoleArn");

    public IEnumerable<Channel> InputDataConfig => Tree.Objects("InputDataConfig").Select(one => new Channel(one));

    public OutputDataConfig OutputDataConfig =>
        new(
            Tree.Object("OutputDataConfig")
                ?? throw ViewError.Missing(nameof(CreateTrainingJobRequest), "OutputDataConfig")
        );

    public ResourceConfig? ResourceConfig =>
        Tree.Object("ResourceConfig") is { } tree ? new ResourceConfig(tree) : null;

    public StoppingCondition? StoppingCondition =>
        Tree.Object("StoppingCondition") is { } tree ? new StoppingCondition(tree) : null;

    public bool? EnableManagedSpotTraining => Tree.Bool("EnableManagedSpotTraining");

    public CheckpointConfig? CheckpointConfig =>
        Tree.Object("CheckpointConfig") is { } tree ? new CheckpointConfig(tree) : null;
}
