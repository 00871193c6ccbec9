using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeCommit;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeCommit's CreateBranchInput.</summary>
public sealed record CreateBranchInput(JsonObject Tree)
{
    public string RepositoryName =>
        Tree.Text("repositoryName") ?? throw ViewError.Missing(nameof(CreateBranchInput), "repositoryName");

    public string BranchName =>
        Tree.Text("branchName") ?? throw ViewError.Missing(nameof(CreateBranchInput), "branchName");

    public string CommitId => Tree.Text("commitId") ?? throw ViewError.Missing(nameof(CreateBranchInput), "commitId");
}
