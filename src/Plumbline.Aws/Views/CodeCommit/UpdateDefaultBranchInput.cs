using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeCommit;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeCommit's UpdateDefaultBranchInput.</summary>
public sealed record UpdateDefaultBranchInput(JsonObject Tree)
{
    public string RepositoryName =>
        Tree.Text("repositoryName") ?? throw ViewError.Missing(nameof(UpdateDefaultBranchInput), "repositoryName");

    public string DefaultBranchName =>
        Tree.Text("defaultBranchName")
        ?? throw ViewError.Missing(nameof(UpdateDefaultBranchInput), "defaultBranchName");
}
