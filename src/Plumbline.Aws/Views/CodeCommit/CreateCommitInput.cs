using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeCommit;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeCommit's CreateCommitInput.</summary>
public sealed record CreateCommitInput(JsonObject Tree)
{
    public string RepositoryName =>
        Tree.Text("repositoryName") ?? throw ViewError.Missing(nameof(CreateCommitInput), "repositoryName");

    public string BranchName =>
        Tree.Text("branchName") ?? throw ViewError.Missing(nameof(CreateCommitInput), "branchName");

    public string? ParentCommitId => Tree.Text("parentCommitId");

    public IEnumerable<PutFileEntry> PutFiles => Tree.Objects("putFiles").Select(one => new PutFileEntry(one));

    public IEnumerable<DeleteFileEntry> DeleteFiles =>
        Tree.Objects("deleteFiles").Select(one => new DeleteFileEntry(one));

    public string? AuthorName => Tree.Text("authorName");

    public string? Email => Tree.Text("email");

    public string? CommitMessage => Tree.Text("commitMessage");
}
