using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeBuild;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeBuild's ListBuildsInput.</summary>
public sealed record ListBuildsInput(JsonObject Tree)
{
    public string? SortOrder => Tree.Text("sortOrder");

    public string? NextToken => Tree.Text("nextToken");
}
