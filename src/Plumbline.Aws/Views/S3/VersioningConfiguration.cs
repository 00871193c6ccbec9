using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.S3;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of S3's VersioningConfiguration.</summary>
public sealed record VersioningConfiguration(JsonObject Tree)
{
    public string? MFADelete => Tree.Text("MFADelete");

    public string? Status => Tree.Text("Status");
}
