using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.S3;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of S3's CompleteMultipartUploadRequest.</summary>
public sealed record CompleteMultipartUploadRequest(JsonObject Tree)
{
    public string Bucket =>
        Tree.Text("Bucket") ?? throw ViewError.Missing(nameof(CompleteMultipartUploadRequest), "Bucket");

    public string Key => Tree.Text("Key") ?? throw ViewError.Missing(nameof(CompleteMultipartUploadRequest), "Key");

    public string UploadId =>
        Tree.Text("UploadId") ?? throw ViewError.Missing(nameof(CompleteMultipartUploadRequest), "UploadId");

    public CompletedMultipartUpload? MultipartUpload =>
        Tree.Object("MultipartUpload") is { } tree ? new CompletedMultipartUpload(tree) : null;

    public long? MpuObjectSize => Tree.Long("MpuObjectSize");
}
