using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeCommit;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeCommit's GetFileInput.</summary>
public sealed record GetFileInput(JsonObject Tree)
{
    public string RepositoryName =>
        Tree.Text("repositoryName") ?? throw ViewError.Missing(nameof(GetFileInput), "repositoryName");

    public string? CommitSpecifier => Tree.Text("commitSpecifier");

    public string FilePath => Tree.Text("filePath") ?? throw ViewError.Missing(nameof(GetFileInput), "filePath");
}
