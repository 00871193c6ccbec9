using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's DescribeEndpointOutput.</summary>
public sealed record DescribeEndpointOutput(JsonObject Tree)
{
    public string EndpointStatus =>
        Tree.Text("EndpointStatus") ?? throw ViewError.Missing(nameof(DescribeEndpointOutput), "EndpointStatus");

    public string EndpointConfigName =>
        Tree.Text("EndpointConfigName")
        ?? throw ViewError.Missing(nameof(DescribeEndpointOutput), "EndpointConfigName");

    public string? FailureReason => Tree.Text("FailureReason");

    public IEnumerable<ProductionVariantSummary> ProductionVariants =>
        Tree.Objects("ProductionVariants").Select(one => new ProductionVariantSummary(one));

    public DeploymentConfig? LastDeploymentConfig =>
        Tree.Object("LastDeploymentConfig") is { } tree ? new DeploymentConfig(tree) : null;

    public PendingDeploymentSummary? PendingDeploymentSummary =>
        Tree.Object("PendingDeploymentSummary") is { } tree ? new PendingDeploymentSummary(tree) : null;

    public string EndpointName =>
        Tree.Text("EndpointName") ?? throw ViewError.Missing(nameof(DescribeEndpointOutput), "EndpointName");

    public string EndpointArn =>
        Tree.Text("EndpointArn") ?? throw ViewError.Missing(nameof(DescribeEndpointOutput), "EndpointArn");

    public DateTimeOffset CreationTime =>
        Tree.Time("CreationTime") ?? throw ViewError.Missing(nameof(DescribeEndpointOutput), "CreationTime");

    public DateTimeOffset LastModifiedTime =>
        Tree.Time("LastModifiedTime") ?? throw ViewError.Missing(nameof(DescribeEndpointOutput), "LastModifiedTime");
}
