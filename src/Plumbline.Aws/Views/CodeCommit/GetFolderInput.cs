using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeCommit;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeCommit's GetFolderInput.</summary>
public sealed record GetFolderInput(JsonObject Tree)
{
    public string RepositoryName =>
        Tree.Text("repositoryName") ?? throw ViewError.Missing(nameof(GetFolderInput), "repositoryName");

    public string? CommitSpecifier => Tree.Text("commitSpecifier");

    public string FolderPath =>
        Tree.Text("folderPath") ?? throw ViewError.Missing(nameof(GetFolderInput), "folderPath");
}
