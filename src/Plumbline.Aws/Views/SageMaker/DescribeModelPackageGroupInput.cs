using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's DescribeModelPackageGroupInput.</summary>
public sealed record DescribeModelPackageGroupInput(JsonObject Tree)
{
    public string ModelPackageGroupName =>
        Tree.Text("ModelPackageGroupName")
        ?? throw ViewError.Missing(nameof(DescribeModelPackageGroupInput), "ModelPackageGroupName");
}
