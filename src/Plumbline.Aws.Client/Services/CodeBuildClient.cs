using System.Text.Json.Nodes;

namespace Plumbline.Aws.Client.Services;

// Written by tools/ApiModels from operations.txt.
/// <summary>CodeBuild: one method for each operation; inputs and outputs have AWS's member names.</summary>
public sealed class CodeBuildClient(AwsConnection connection) : AwsClient(connection, "codebuild")
{
    public Task<JsonObject> BatchGetBuildsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("BatchGetBuilds", input, cancellationToken);

    public Task<JsonObject> BatchGetProjectsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("BatchGetProjects", input, cancellationToken);

    public Task<JsonObject> CreateProjectAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("CreateProject", input, cancellationToken);

    public Task<JsonObject> DeleteProjectAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DeleteProject", input, cancellationToken);

    public Task<JsonObject> ListBuildsAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("ListBuilds", input, cancellationToken);

    public Task<JsonObject> ListBuildsForProjectAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListBuildsForProject", input, cancellationToken);

    public Task<JsonObject> ListProjectsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListProjects", input, cancellationToken);

    public Task<JsonObject> RetryBuildAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("RetryBuild", input, cancellationToken);

    public Task<JsonObject> StartBuildAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("StartBuild", input, cancellationToken);

    public Task<JsonObject> StopBuildAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("StopBuild", input, cancellationToken);

    public Task<JsonObject> UpdateProjectAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("UpdateProject", input, cancellationToken);
}
