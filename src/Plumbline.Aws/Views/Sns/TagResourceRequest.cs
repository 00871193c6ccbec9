using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Sns;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SNS's TagResourceRequest.</summary>
public sealed record TagResourceRequest(JsonObject Tree)
{
    public string ResourceArn =>
        Tree.Text("ResourceArn") ?? throw ViewError.Missing(nameof(TagResourceRequest), "ResourceArn");

    public IEnumerable<Tag> Tags => Tree.Objects("Tags").Select(one => new Tag(one));
}
