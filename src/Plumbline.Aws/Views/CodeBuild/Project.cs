using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeBuild;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeBuild's Project.</summary>
public sealed record Project(JsonObject Tree)
{
    public ProjectEnvironment? Environment =>
        Tree.Object("environment") is { } tree ? new ProjectEnvironment(tree) : null;
}
