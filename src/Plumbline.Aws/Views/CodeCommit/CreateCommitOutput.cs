using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeCommit;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeCommit's CreateCommitOutput.</summary>
public sealed record CreateCommitOutput(JsonObject Tree)
{
    public string CommitId => Tree.Text("commitId") ?? throw ViewError.Missing(nameof(CreateCommitOutput), "commitId");
}
