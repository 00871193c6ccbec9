using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.S3;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of S3's ListMultipartUploadsRequest.</summary>
public sealed record ListMultipartUploadsRequest(JsonObject Tree)
{
    public string Bucket =>
        Tree.Text("Bucket") ?? throw ViewError.Missing(nameof(ListMultipartUploadsRequest), "Bucket");

    public string? Prefix => Tree.Text("Prefix");

    public string? Delimiter => Tree.Text("Delimiter");

    public string? KeyMarker => Tree.Text("KeyMarker");

    public string? UploadIdMarker => Tree.Text("UploadIdMarker");

    public int? MaxUploads => Tree.Int("MaxUploads");

    public string? EncodingType => Tree.Text("EncodingType");
}
