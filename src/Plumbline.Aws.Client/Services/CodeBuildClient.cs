using System.Text.Json.Nodes;
using Plumbline.Aws.Views.CodeBuild;

namespace Plumbline.Aws.Client.Services;

// Written by tools/ApiModels from operations.txt and the views folder.
/// <summary>CodeBuild: one method for each operation; inputs and outputs have AWS's member names.</summary>
public sealed class CodeBuildClient(AwsConnection connection) : AwsClient(connection, "codebuild")
{
    public async Task<BatchGetBuildsOutput> BatchGetBuildsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("BatchGetBuilds", input, cancellationToken));

    public async Task<BatchGetProjectsOutput> BatchGetProjectsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("BatchGetProjects", input, cancellationToken));

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

    public async Task<ListBuildsForProjectOutput> ListBuildsForProjectAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("ListBuildsForProject", input, cancellationToken));

    public Task<JsonObject> ListProjectsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListProjects", input, cancellationToken);

    public Task<JsonObject> RetryBuildAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("RetryBuild", input, cancellationToken);

    public async Task<StartBuildOutput> StartBuildAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("StartBuild", input, cancellationToken));

    public Task<JsonObject> StopBuildAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("StopBuild", input, cancellationToken);

    public Task<JsonObject> UpdateProjectAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("UpdateProject", input, cancellationToken);
}
