using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.S3;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of S3's CompletedPart.</summary>
public sealed record CompletedPart(JsonObject Tree)
{
    public string? ETag => Tree.Text("ETag");
}
