using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Events;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of EventBridge's TagResourceRequest.</summary>
public sealed record TagResourceRequest(JsonObject Tree)
{
    public string ResourceARN =>
        Tree.Text("ResourceARN") ?? throw ViewError.Missing(nameof(TagResourceRequest), "ResourceARN");

    public IEnumerable<Tag> Tags => Tree.Objects("Tags").Select(one => new Tag(one));
}
