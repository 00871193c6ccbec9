using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's DescribeProcessingJobResponse.</summary>
public sealed record DescribeProcessingJobResponse(JsonObject Tree)
{
    public string ProcessingJobStatus =>
        Tree.Text("ProcessingJobStatus")
        ?? throw ViewError.Missing(nameof(DescribeProcessingJobResponse), "ProcessingJobStatus");

    public string? FailureReason => Tree.Text("FailureReason");

    public IEnumerable<ProcessingInput> ProcessingInputs =>
        Tree.Objects("ProcessingInputs").Select(one => new ProcessingInput(one));

    public ProcessingOutputConfig? ProcessingOutputConfig =>
        Tree.Object("ProcessingOutputConfig") is { } tree ? new ProcessingOutputConfig(tree) : null;

    public ProcessingResources ProcessingResources =>
        new(
            Tree.Object("ProcessingResources")
                ?? throw ViewError.Missing(nameof(DescribeProcessingJobResponse), "ProcessingResources")
        );

    public ProcessingStoppingCondition StoppingCondition =>
        new(
            Tree.Object("StoppingCondition")
                ?? throw ViewError.Missing(nameof(DescribeProcessingJobResponse), "StoppingCondition")
        );

    public AppSpecification AppSpecification =>
        new(
            Tree.Object("AppSpecification")
                ?? throw ViewError.Missing(nameof(DescribeProcessingJobResponse), "AppSpecification")
        );

    public IReadOnlyDictionary<string, string> Environment => Tree.Map("Environment");

    public NetworkConfig? NetworkConfig => Tree.Object("NetworkConfig") is { } tree ? new NetworkConfig(tree) : null;

    public string RoleArn =>
        Tree.Text("RoleArn") ?? throw ViewError.Missing(nameof(DescribeProcessingJobResponse), "RoleArn");

    public DateTimeOffset CreationTime =>
        Tree.Time("CreationTime") ?? throw ViewError.Missing(nameof(DescribeProcessingJobResponse), "CreationTime");

    public DateTimeOffset? ProcessingStartTime => Tree.Time("ProcessingStartTime");

    public DateTimeOffset? ProcessingEndTime => Tree.Time("ProcessingEndTime");
}
