using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeCommit;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeCommit's BatchGetRepositoriesInput.</summary>
public sealed record BatchGetRepositoriesInput(JsonObject Tree)
{
    public IEnumerable<string> RepositoryNames => Tree.Texts("repositoryNames");
}
