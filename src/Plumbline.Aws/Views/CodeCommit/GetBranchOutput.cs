using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeCommit;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeCommit's GetBranchOutput.</summary>
public sealed record GetBranchOutput(JsonObject Tree)
{
    public BranchInfo Branch =>
        new(Tree.Object("branch") ?? throw ViewError.Missing(nameof(GetBranchOutput), "branch"));
}
