using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeBuild;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeBuild's ProjectSource.</summary>
public sealed record ProjectSource(JsonObject Tree)
{
    public string Type => Tree.Text("type") ?? throw ViewError.Missing(nameof(ProjectSource), "type");

    public string? Location => Tree.Text("location");

    public string? Buildspec => Tree.Text("buildspec");
}
