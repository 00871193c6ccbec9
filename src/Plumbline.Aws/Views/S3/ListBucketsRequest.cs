using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.S3;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of S3's ListBucketsRequest.</summary>
public sealed record ListBucketsRequest(JsonObject Tree)
{
    public string? Prefix => Tree.Text("Prefix");

    public string? ContinuationToken => Tree.Text("ContinuationToken");

    public int? MaxBuckets => Tree.Int("MaxBuckets");
}
