using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.S3;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of S3's UploadPartCopyRequest.</summary>
public sealed record UploadPartCopyRequest(JsonObject Tree)
{
    public string CopySource =>
        Tree.Text("CopySource") ?? throw ViewError.Missing(nameof(UploadPartCopyRequest), "CopySource");

    public string? CopySourceRange => Tree.Text("CopySourceRange");
}
