using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeBuild;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeBuild's DeleteProjectInput.</summary>
public sealed record DeleteProjectInput(JsonObject Tree)
{
    public string Name => Tree.Text("name") ?? throw ViewError.Missing(nameof(DeleteProjectInput), "name");
}
