using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeBuild;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeBuild's StartBuildOutput.</summary>
public sealed record StartBuildOutput(JsonObject Tree)
{
    public Build? Build => Tree.Object("build") is { } tree ? new Build(tree) : null;
}
