using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeBuild;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeBuild's EnvironmentVariable.</summary>
public sealed record EnvironmentVariable(JsonObject Tree)
{
    public string Name => Tree.Text("name") ?? throw ViewError.Missing(nameof(EnvironmentVariable), "name");

    public string Value => Tree.Text("value") ?? throw ViewError.Missing(nameof(EnvironmentVariable), "value");

    public string? Type => Tree.Text("type");
}
