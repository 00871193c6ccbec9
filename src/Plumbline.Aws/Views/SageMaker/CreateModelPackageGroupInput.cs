using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's CreateModelPackageGroupInput.</summary>
public sealed record CreateModelPackageGroupInput(JsonObject Tree)
{
    public string ModelPackageGroupName =>
        Tree.Text("ModelPackageGroupName")
        ?? throw ViewError.Missing(nameof(CreateModelPackageGroupInput), "ModelPackageGroupName");
}
