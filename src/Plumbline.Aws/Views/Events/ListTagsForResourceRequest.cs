using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Events;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of EventBridge's ListTagsForResourceRequest.</summary>
public sealed record ListTagsForResourceRequest(JsonObject Tree)
{
    public string ResourceARN =>
        Tree.Text("ResourceARN") ?? throw ViewError.Missing(nameof(ListTagsForResourceRequest), "ResourceARN");
}
