using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.S3;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of S3's PutBucketPolicyRequest.</summary>
public sealed record PutBucketPolicyRequest(JsonObject Tree)
{
    public string Bucket => Tree.Text("Bucket") ?? throw ViewError.Missing(nameof(PutBucketPolicyRequest), "Bucket");

    public string Policy => Tree.Text("Policy") ?? throw ViewError.Missing(nameof(PutBucketPolicyRequest), "Policy");
}
