using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeCommit;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeCommit's GetRepositoryOutput.</summary>
public sealed record GetRepositoryOutput(JsonObject Tree)
{
    public RepositoryMetadata RepositoryMetadata =>
        new(
            Tree.Object("repositoryMetadata")
                ?? throw ViewError.Missing(nameof(GetRepositoryOutput), "repositoryMetadata")
        );
}
