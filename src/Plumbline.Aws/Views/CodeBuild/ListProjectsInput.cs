using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeBuild;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeBuild's ListProjectsInput.</summary>
public sealed record ListProjectsInput(JsonObject Tree)
{
    public string? SortBy => Tree.Text("sortBy");

    public string? SortOrder => Tree.Text("sortOrder");
}
