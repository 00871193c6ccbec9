using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.S3;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of S3's HeadBucketRequest.</summary>
public sealed record HeadBucketRequest(JsonObject Tree)
{
    public string Bucket => Tree.Text("Bucket") ?? throw ViewError.Missing(nameof(HeadBucketRequest), "Bucket");
}
