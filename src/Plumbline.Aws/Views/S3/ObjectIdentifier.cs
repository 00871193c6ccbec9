using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.S3;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of S3's ObjectIdentifier.</summary>
public sealed record ObjectIdentifier(JsonObject Tree)
{
    public string Key => Tree.Text("Key") ?? throw ViewError.Missing(nameof(ObjectIdentifier), "Key");

    public string? VersionId => Tree.Text("VersionId");

    public string? ETag => Tree.Text("ETag");
}
