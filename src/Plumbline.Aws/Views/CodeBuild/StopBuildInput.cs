using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeBuild;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeBuild's StopBuildInput.</summary>
public sealed record StopBuildInput(JsonObject Tree)
{
    public string Id => Tree.Text("id") ?? throw ViewError.Missing(nameof(StopBuildInput), "id");
}
