using System.Text.Json.Nodes;
using Plumbline.Aws.Views.CodeCommit;

namespace Plumbline.Aws.Client.Services;

// Written by tools/ApiModels from operations.txt and the views folder.
/// <summary>CodeCommit: one method for each operation; inputs and outputs have AWS's member names.</summary>
public sealed class CodeCommitClient(AwsConnection connection) : AwsClient(connection, "codecommit")
{
    public Task<JsonObject> BatchGetRepositoriesAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("BatchGetRepositories", input, cancellationToken);

    public Task<JsonObject> CreateBranchAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("CreateBranch", input, cancellationToken);

    public async Task<CreateCommitOutput> CreateCommitAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("CreateCommit", input, cancellationToken));

    public Task<JsonObject> CreateRepositoryAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("CreateRepository", input, cancellationToken);

    public Task<JsonObject> DeleteBranchAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DeleteBranch", input, cancellationToken);

    public Task<JsonObject> DeleteFileAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("DeleteFile", input, cancellationToken);

    public Task<JsonObject> DeleteRepositoryAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DeleteRepository", input, cancellationToken);

    public Task<JsonObject> GetBlobAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("GetBlob", input, cancellationToken);

    public async Task<GetBranchOutput> GetBranchAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("GetBranch", input, cancellationToken));

    public Task<JsonObject> GetCommitAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("GetCommit", input, cancellationToken);

    public Task<JsonObject> GetDifferencesAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("GetDifferences", input, cancellationToken);

    public async Task<GetFileOutput> GetFileAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("GetFile", input, cancellationToken));

    public Task<JsonObject> GetFolderAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("GetFolder", input, cancellationToken);

    public async Task<GetRepositoryOutput> GetRepositoryAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("GetRepository", input, cancellationToken));

    public Task<JsonObject> ListBranchesAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListBranches", input, cancellationToken);

    public Task<JsonObject> ListRepositoriesAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListRepositories", input, cancellationToken);

    public Task<JsonObject> ListTagsForResourceAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListTagsForResource", input, cancellationToken);

    public Task<JsonObject> PutFileAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("PutFile", input, cancellationToken);

    public Task<JsonObject> TagResourceAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("TagResource", input, cancellationToken);

    public Task<JsonObject> UntagResourceAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("UntagResource", input, cancellationToken);

    public Task<JsonObject> UpdateDefaultBranchAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("UpdateDefaultBranch", input, cancellationToken);
}
