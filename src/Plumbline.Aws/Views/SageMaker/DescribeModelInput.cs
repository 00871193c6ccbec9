using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's DescribeModelInput.</summary>
public sealed record DescribeModelInput(JsonObject Tree)
{
    public string ModelName =>
        Tree.Text("ModelName") ?? throw ViewError.Missing(nameof(DescribeModelInput), "ModelName");
}
