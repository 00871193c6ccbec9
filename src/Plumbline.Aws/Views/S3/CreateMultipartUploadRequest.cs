using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.S3;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of S3's CreateMultipartUploadRequest.</summary>
public sealed record CreateMultipartUploadRequest(JsonObject Tree)
{
    public string Bucket =>
        Tree.Text("Bucket") ?? throw ViewError.Missing(nameof(CreateMultipartUploadRequest), "Bucket");

    public string Key => Tree.Text("Key") ?? throw ViewError.Missing(nameof(CreateMultipartUploadRequest), "Key");

    public string? ChecksumType => Tree.Text("ChecksumType");
}
