using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's DescribeModelOutput.</summary>
public sealed record DescribeModelOutput(JsonObject Tree)
{
    public ContainerDefinition? PrimaryContainer =>
        Tree.Object("PrimaryContainer") is { } tree ? new ContainerDefinition(tree) : null;

    public IEnumerable<ContainerDefinition> Containers =>
        Tree.Objects("Containers").Select(one => new ContainerDefinition(one));

    public DateTimeOffset CreationTime =>
        Tree.Time("CreationTime") ?? throw ViewError.Missing(nameof(DescribeModelOutput), "CreationTime");

    public string ModelName =>
        Tree.Text("ModelName") ?? throw ViewError.Missing(nameof(DescribeModelOutput), "ModelName");

    public string? ExecutionRoleArn => Tree.Text("ExecutionRoleArn");

    public bool? EnableNetworkIsolation => Tree.Bool("EnableNetworkIsolation");
}
