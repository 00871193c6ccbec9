using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeCommit;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeCommit's GetCommitInput.</summary>
public sealed record GetCommitInput(JsonObject Tree)
{
    public string RepositoryName =>
        Tree.Text("repositoryName") ?? throw ViewError.Missing(nameof(GetCommitInput), "repositoryName");

    public string CommitId => Tree.Text("commitId") ?? throw ViewError.Missing(nameof(GetCommitInput), "commitId");
}
