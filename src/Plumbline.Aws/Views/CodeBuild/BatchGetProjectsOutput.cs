using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeBuild;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeBuild's BatchGetProjectsOutput.</summary>
public sealed record BatchGetProjectsOutput(JsonObject Tree)
{
    public IEnumerable<Project> Projects => Tree.Objects("projects").Select(one => new Project(one));
}
