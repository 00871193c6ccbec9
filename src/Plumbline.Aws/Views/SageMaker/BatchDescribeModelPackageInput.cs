using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's BatchDescribeModelPackageInput.</summary>
public sealed record BatchDescribeModelPackageInput(JsonObject Tree)
{
    public IEnumerable<string> ModelPackageArnList => Tree.Texts("ModelPackageArnList");
}
