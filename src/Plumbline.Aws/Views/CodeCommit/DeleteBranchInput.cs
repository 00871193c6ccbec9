using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeCommit;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeCommit's DeleteBranchInput.</summary>
public sealed record DeleteBranchInput(JsonObject Tree)
{
    public string RepositoryName =>
        Tree.Text("repositoryName") ?? throw ViewError.Missing(nameof(DeleteBranchInput), "repositoryName");

    public string BranchName =>
        Tree.Text("branchName") ?? throw ViewError.Missing(nameof(DeleteBranchInput), "branchName");
}
