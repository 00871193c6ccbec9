using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeBuild;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeBuild's ProjectArtifacts.</summary>
public sealed record ProjectArtifacts(JsonObject Tree)
{
    public string Type => Tree.Text("type") ?? throw ViewError.Missing(nameof(ProjectArtifacts), "type");
}
