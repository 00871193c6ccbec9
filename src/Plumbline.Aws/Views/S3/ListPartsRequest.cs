using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.S3;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of S3's ListPartsRequest.</summary>
public sealed record ListPartsRequest(JsonObject Tree)
{
    public int? PartNumberMarker => Tree.Int("PartNumberMarker");

    public int? MaxParts => Tree.Int("MaxParts");
}
