using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Events;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of EventBridge's UntagResourceRequest.</summary>
public sealed record UntagResourceRequest(JsonObject Tree)
{
    public string ResourceARN =>
        Tree.Text("ResourceARN") ?? throw ViewError.Missing(nameof(UntagResourceRequest), "ResourceARN");

    public IEnumerable<string> TagKeys => Tree.Texts("TagKeys");
}
