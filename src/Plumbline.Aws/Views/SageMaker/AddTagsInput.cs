using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's AddTagsInput.</summary>
public sealed record AddTagsInput(JsonObject Tree)
{
    public string ResourceArn =>
        Tree.Text("ResourceArn") ?? throw ViewError.Missing(nameof(AddTagsInput), "ResourceArn");
}
