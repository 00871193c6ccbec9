using System.Text.Json.Nodes;

namespace Plumbline.Aws.Client.Services;

// Written by tools/ApiModels from operations.txt.
/// <summary>CloudFormation: one method for each operation; inputs and outputs have AWS's member names.</summary>
public sealed class CloudFormationClient(AwsConnection connection) : AwsClient(connection, "cloudformation")
{
    public Task<JsonObject> CreateChangeSetAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("CreateChangeSet", input, cancellationToken);

    public Task<JsonObject> DeleteChangeSetAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DeleteChangeSet", input, cancellationToken);

    public Task<JsonObject> DeleteStackAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("DeleteStack", input, cancellationToken);

    public Task<JsonObject> DescribeChangeSetAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DescribeChangeSet", input, cancellationToken);

    public Task<JsonObject> DescribeStackEventsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DescribeStackEvents", input, cancellationToken);

    public Task<JsonObject> DescribeStacksAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DescribeStacks", input, cancellationToken);

    public Task<JsonObject> ExecuteChangeSetAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ExecuteChangeSet", input, cancellationToken);
}
