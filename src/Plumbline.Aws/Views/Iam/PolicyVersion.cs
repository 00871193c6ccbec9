using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Iam;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of IAM's PolicyVersion.</summary>
public sealed record PolicyVersion(JsonObject Tree)
{
    public string VersionId => Tree.Text("VersionId") ?? throw ViewError.Missing(nameof(PolicyVersion), "VersionId");

    public string Document => Tree.Text("Document") ?? throw ViewError.Missing(nameof(PolicyVersion), "Document");
}
