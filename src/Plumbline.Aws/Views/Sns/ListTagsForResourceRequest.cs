using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Sns;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SNS's ListTagsForResourceRequest.</summary>
public sealed record ListTagsForResourceRequest(JsonObject Tree)
{
    public string ResourceArn =>
        Tree.Text("ResourceArn") ?? throw ViewError.Missing(nameof(ListTagsForResourceRequest), "ResourceArn");
}
