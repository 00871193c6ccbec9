using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeCommit;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeCommit's GetBranchInput.</summary>
public sealed record GetBranchInput(JsonObject Tree)
{
    public string? RepositoryName => Tree.Text("repositoryName");

    public string? BranchName => Tree.Text("branchName");
}
