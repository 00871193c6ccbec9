using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeBuild;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeBuild's ProjectCache.</summary>
public sealed record ProjectCache(JsonObject Tree)
{
    public string Type => Tree.Text("type") ?? throw ViewError.Missing(nameof(ProjectCache), "type");
}
