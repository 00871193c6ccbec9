using System.Text.Json.Nodes;
using Plumbline.Aws.Views.CloudFormation;

namespace Plumbline.Aws.Client.Services;

// Written by tools/ApiModels from operations.txt and the views folder.
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

    public async Task<DescribeChangeSetOutput> DescribeChangeSetAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("DescribeChangeSet", input, cancellationToken));

    public async Task<DescribeStackEventsOutput> DescribeStackEventsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("DescribeStackEvents", input, cancellationToken));

    public async Task<DescribeStacksOutput> DescribeStacksAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("DescribeStacks", input, cancellationToken));

    public Task<JsonObject> ExecuteChangeSetAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ExecuteChangeSet", input, cancellationToken);
}
