using System.Text.Json.Nodes;

namespace Plumbline.Aws.Client.Services;

// Written by tools/ApiModels from operations.txt.
/// <summary>CodeCommit, an operation a method; inputs and outputs have AWS's names.</summary>
public sealed class CodeCommitClient(AwsConnection connection) : AwsClient(connection, "codecommit")
{
    /// <summary>BatchGetRepositories.</summary>
    public Task<JsonObject> BatchGetRepositoriesAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("BatchGetRepositories", input, cancellationToken);

    /// <summary>CreateBranch.</summary>
    public Task<JsonObject> CreateBranchAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("CreateBranch", input, cancellationToken);

    /// <summary>CreateCommit.</summary>
    public Task<JsonObject> CreateCommitAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("CreateCommit", input, cancellationToken);

    /// <summary>CreateRepository.</summary>
    public Task<JsonObject> CreateRepositoryAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("CreateRepository", input, cancellationToken);

    /// <summary>DeleteBranch.</summary>
    public Task<JsonObject> DeleteBranchAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DeleteBranch", input, cancellationToken);

    /// <summary>DeleteFile.</summary>
    public Task<JsonObject> DeleteFileAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("DeleteFile", input, cancellationToken);

    /// <summary>DeleteRepository.</summary>
    public Task<JsonObject> DeleteRepositoryAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DeleteRepository", input, cancellationToken);

    /// <summary>GetBlob.</summary>
    public Task<JsonObject> GetBlobAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("GetBlob", input, cancellationToken);

    /// <summary>GetBranch.</summary>
    public Task<JsonObject> GetBranchAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("GetBranch", input, cancellationToken);

    /// <summary>GetCommit.</summary>
    public Task<JsonObject> GetCommitAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("GetCommit", input, cancellationToken);

    /// <summary>GetDifferences.</summary>
    public Task<JsonObject> GetDifferencesAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("GetDifferences", input, cancellationToken);

    /// <summary>GetFile.</summary>
    public Task<JsonObject> GetFileAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("GetFile", input, cancellationToken);

    /// <summary>GetFolder.</summary>
    public Task<JsonObject> GetFolderAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("GetFolder", input, cancellationToken);

    /// <summary>GetRepository.</summary>
    public Task<JsonObject> GetRepositoryAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("GetRepository", input, cancellationToken);

    /// <summary>ListBranches.</summary>
    public Task<JsonObject> ListBranchesAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListBranches", input, cancellationToken);

    /// <summary>ListRepositories.</summary>
    public Task<JsonObject> ListRepositoriesAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListRepositories", input, cancellationToken);

    /// <summary>ListTagsForResource.</summary>
    public Task<JsonObject> ListTagsForResourceAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListTagsForResource", input, cancellationToken);

    /// <summary>PutFile.</summary>
    public Task<JsonObject> PutFileAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("PutFile", input, cancellationToken);

    /// <summary>TagResource.</summary>
    public Task<JsonObject> TagResourceAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("TagResource", input, cancellationToken);

    /// <summary>UntagResource.</summary>
    public Task<JsonObject> UntagResourceAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("UntagResource", input, cancellationToken);

    /// <summary>UpdateDefaultBranch.</summary>
    public Task<JsonObject> UpdateDefaultBranchAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("UpdateDefaultBranch", input, cancellationToken);
}
