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

    public string TrainingJobName =>
        Tree.Text("TrainingJobName") ?? throw ViewError.Missing(nameof(DescribeTrainingJobResponse), "TrainingJobName");

    public string TrainingJobArn =>
        Tree.Text("TrainingJobArn") ?? throw ViewError.Missing(nameof(DescribeTrainingJobResponse), "TrainingJobArn");

    public AlgorithmSpecification AlgorithmSpecification =>
        new(
            Tree.Object("AlgorithmSpecification")
                ?? throw ViewError.Missing(nameof(DescribeTrainingJobResponse), "AlgorithmSpecification")
        );

    public string RoleArn =>
        Tree.Text("RoleArn") ?? throw ViewError.Missing(nameof(DescribeTrainingJobResponse), "RoleArn");

    public IEnumerable<Channel> InputDataConfig => Tree.Objects("InputDataConfig").Select(one => new Channel(one));

    public OutputDataConfig OutputDataConfig =>
        new(
            Tree.Object("OutputDataConfig")
                ?? throw ViewError.Missing(nameof(DescribeTrainingJobResponse), "OutputDataConfig")
        );

    public StoppingCondition StoppingCondition =>
        new(
            Tree.Object("StoppingCondition")
                ?? throw ViewError.Missing(nameof(DescribeTrainingJobResponse), "StoppingCondition")
        );

    public DateTimeOffset CreationTime =>
        Tree.Time("CreationTime") ?? throw ViewError.Missing(nameof(DescribeTrainingJobResponse), "CreationTime");

    public bool? EnableNetworkIsolation => Tree.Bool("EnableNetworkIsolation");

    public bool? EnableManagedSpotTraining => Tree.Bool("EnableManagedSpotTraining");

    public CheckpointConfig? CheckpointConfig =>
        Tree.Object("CheckpointConfig") is { } tree ? new CheckpointConfig(tree) : null;

    public IReadOnlyDictionary<string, string> Environment => Tree.Map("Environment");

    public DateTimeOffset? TrainingStartTime => Tree.Time("TrainingStartTime");

    public int? BillableTimeInSeconds => Tree.Int("BillableTimeInSeconds");
}
