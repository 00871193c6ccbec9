using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's DescribeModelPackageInput.</summary>
public sealed record DescribeModelPackageInput(JsonObject Tree)
{
    public string ModelPackageName =>
        Tree.Text("ModelPackageName") ?? throw ViewError.Missing(nameof(DescribeModelPackageInput), "ModelPackageName");
}
