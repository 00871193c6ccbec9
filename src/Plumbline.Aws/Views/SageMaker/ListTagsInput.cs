using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's ListTagsInput.</summary>
public sealed record ListTagsInput(JsonObject Tree)
{
    public string ResourceArn =>
        Tree.Text("ResourceArn") ?? throw ViewError.Missing(nameof(ListTagsInput), "ResourceArn");
}
