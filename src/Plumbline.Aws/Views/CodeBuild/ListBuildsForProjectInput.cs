using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeBuild;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeBuild's ListBuildsForProjectInput.</summary>
public sealed record ListBuildsForProjectInput(JsonObject Tree)
{
    public string ProjectName =>
        Tree.Text("projectName") ?? throw ViewError.Missing(nameof(ListBuildsForProjectInput), "projectName");

    public string? SortOrder => Tree.Text("sortOrder");

    public string? NextToken => Tree.Text("nextToken");
}
