using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeBuild;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeBuild's PhaseContext.</summary>
public sealed record PhaseContext(JsonObject Tree)
{
    public string? Message => Tree.Text("message");
}
