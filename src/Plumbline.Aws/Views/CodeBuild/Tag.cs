using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeBuild;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeBuild's Tag.</summary>
public sealed record Tag(JsonObject Tree)
{
    public string? Key => Tree.Text("key");
}
