using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.S3;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of S3's CopyObjectRequest.</summary>
public sealed record CopyObjectRequest(JsonObject Tree)
{
    public string Bucket => Tree.Text("Bucket") ?? throw ViewError.Missing(nameof(CopyObjectRequest), "Bucket");

    public string Key => Tree.Text("Key") ?? throw ViewError.Missing(nameof(CopyObjectRequest), "Key");

    public string CopySource =>
        Tree.Text("CopySource") ?? throw ViewError.Missing(nameof(CopyObjectRequest), "CopySource");

    public string? MetadataDirective => Tree.Text("MetadataDirective");

    public string? TaggingDirective => Tree.Text("TaggingDirective");

    public string? Tagging => Tree.Text("Tagging");
}
