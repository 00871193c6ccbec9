using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeCommit;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeCommit's BranchInfo.</summary>
public sealed record BranchInfo(JsonObject Tree)
{
    public string? CommitId => Tree.Text("commitId");
}
