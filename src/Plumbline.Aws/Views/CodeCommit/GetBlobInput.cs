using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CodeCommit;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CodeCommit's GetBlobInput.</summary>
public sealed record GetBlobInput(JsonObject Tree)
{
    public string RepositoryName =>
        Tree.Text("repositoryName") ?? throw ViewError.Missing(nameof(GetBlobInput), "repositoryName");

    public string BlobId => Tree.Text("blobId") ?? throw ViewError.Missing(nameof(GetBlobInput), "blobId");
}
