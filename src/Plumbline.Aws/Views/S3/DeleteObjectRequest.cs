using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.S3;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of S3's DeleteObjectRequest.</summary>
public sealed record DeleteObjectRequest(JsonObject Tree)
{
    public string? IfMatch => Tree.Text("IfMatch");
}
