using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.S3;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of S3's ListObjectVersionsRequest.</summary>
public sealed record ListObjectVersionsRequest(JsonObject Tree)
{
    public string? KeyMarker => Tree.Text("KeyMarker");

    public string? VersionIdMarker => Tree.Text("VersionIdMarker");
}
