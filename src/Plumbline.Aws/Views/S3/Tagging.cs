using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.S3;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of S3's Tagging.</summary>
public sealed record Tagging(JsonObject Tree)
{
    public IEnumerable<Tag> TagSet => Tree.Objects("TagSet").Select(one => new Tag(one));
}
