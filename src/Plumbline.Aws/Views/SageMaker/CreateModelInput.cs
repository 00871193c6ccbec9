using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's CreateModelInput.</summary>
public sealed record CreateModelInput(JsonObject Tree)
{
    public string ModelName => Tree.Text("ModelName") ?? throw ViewError.Missing(nameof(CreateModelInput), "ModelName");

    public ContainerDefinition? PrimaryContainer =>
        Tree.Object("PrimaryContainer") is { } tree ? new ContainerDefinition(tree) : null;

    public IEnumerable<ContainerDefinition> Containers =>
        Tree.Objects("Containers").Select(one => new ContainerDefinition(one));

    public string? ExecutionRoleArn => Tree.Text("ExecutionRoleArn");
}
