using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeCommit;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeCommit's RepositoryMetadata.</summary>
public sealed record RepositoryMetadata(JsonObject Tree)
{
    public string CloneUrlHttp =>
        Tree.Text("cloneUrlHttp") ?? throw ViewError.Missing(nameof(RepositoryMetadata), "cloneUrlHttp");

    public string Arn => Tree.Text("Arn") ?? throw ViewError.Missing(nameof(RepositoryMetadata), "Arn");

    public string RepositoryId =>
        Tree.Text("repositoryId") ?? throw ViewError.Missing(nameof(RepositoryMetadata), "repositoryId");

    public string RepositoryName =>
        Tree.Text("repositoryName") ?? throw ViewError.Missing(nameof(RepositoryMetadata), "repositoryName");
}
