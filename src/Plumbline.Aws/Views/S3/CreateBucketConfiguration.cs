using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.S3;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of S3's CreateBucketConfiguration.</summary>
public sealed record CreateBucketConfiguration(JsonObject Tree)
{
    public string? LocationConstraint => Tree.Text("LocationConstraint");

    public IEnumerable<Tag> Tags => Tree.Objects("Tags").Select(one => new Tag(one));
}
