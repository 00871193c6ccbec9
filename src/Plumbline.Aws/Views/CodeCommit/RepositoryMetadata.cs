using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeCommit;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeCommit's RepositoryMetadata.</summary>
public sealed record RepositoryMetadata(JsonObject Tree)
{
    public string CloneUrlHttp =>
        Tree.Text("cloneUrlHttp") ?? throw ViewError.Missing(nameof(RepositoryMetadata), "cloneUrlHttp");
}
