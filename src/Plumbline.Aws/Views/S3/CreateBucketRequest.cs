using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.S3;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of S3's CreateBucketRequest.</summary>
public sealed record CreateBucketRequest(JsonObject Tree)
{
    public string? Acl => Tree.Text("ACL");

    public string Bucket => Tree.Text("Bucket") ?? throw ViewError.Missing(nameof(CreateBucketRequest), "Bucket");

    public CreateBucketConfiguration? CreateBucketConfiguration =>
        Tree.Object("CreateBucketConfiguration") is { } tree ? new CreateBucketConfiguration(tree) : null;
}
