using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's DescribeEndpointConfigOutput.</summary>
public sealed record DescribeEndpointConfigOutput(JsonObject Tree)
{
    public IEnumerable<ProductionVariant> ProductionVariants =>
        Tree.Objects("ProductionVariants").Select(one => new ProductionVariant(one));

    public string? ExecutionRoleArn => Tree.Text("ExecutionRoleArn");

    public DataCaptureConfig? DataCaptureConfig =>
        Tree.Object("DataCaptureConfig") is { } tree ? new DataCaptureConfig(tree) : null;
}
