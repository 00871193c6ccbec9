using System.Text.Json.Nodes;

namespace Plumbline.Aws.Client.Services;

// Written by tools/ApiModels from operations.txt.
/// <summary>CodeBuild, an operation a method; inputs and outputs have AWS's names.</summary>
public sealed class CodeBuildClient(AwsConnection connection) : AwsClient(connection, "codebuild")
{
    /// <summary>BatchGetBuilds.</summary>
    public Task<JsonObject> BatchGetBuildsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("BatchGetBuilds", input, cancellationToken);

    /// <summary>BatchGetProjects.</summary>
    public Task<JsonObject> BatchGetProjectsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("BatchGetProjects", input, cancellationToken);

    /// <summary>CreateProject.</summary>
    public Task<JsonObject> CreateProjectAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("CreateProject", input, cancellationToken);

    /// <summary>DeleteProject.</summary>
    public Task<JsonObject> DeleteProjectAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DeleteProject", input, cancellationToken);

    /// <summary>ListBuilds.</summary>
    public Task<JsonObject> ListBuildsAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("ListBuilds", input, cancellationToken);

    /// <summary>ListBuildsForProject.</summary>
    public Task<JsonObject> ListBuildsForProjectAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListBuildsForProject", input, cancellationToken);

    /// <summary>ListProjects.</summary>
    public Task<JsonObject> ListProjectsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListProjects", input, cancellationToken);

    /// <summary>RetryBuild.</summary>
    public Task<JsonObject> RetryBuildAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("RetryBuild", input, cancellationToken);

    /// <summary>StartBuild.</summary>
    public Task<JsonObject> StartBuildAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("StartBuild", input, cancellationToken);

    /// <summary>StopBuild.</summary>
    public Task<JsonObject> StopBuildAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("StopBuild", input, cancellationToken);

    /// <summary>UpdateProject.</summary>
    public Task<JsonObject> UpdateProjectAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("UpdateProject", input, cancellationToken);
}
