using System.Text.Json.Nodes;
using Plumbline.Aws.Views.Logs;

namespace Plumbline.Aws.Client.Services;

// Written by tools/ApiModels from operations.txt and the views folder.
/// <summary>CloudWatch Logs: one method for each operation; inputs and outputs have AWS's member names.</summary>
public sealed class LogsClient(AwsConnection connection) : AwsClient(connection, "logs")
{
    public Task<JsonObject> CreateLogGroupAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("CreateLogGroup", input, cancellationToken);

    public Task<JsonObject> CreateLogStreamAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("CreateLogStream", input, cancellationToken);

    public Task<JsonObject> DeleteLogGroupAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DeleteLogGroup", input, cancellationToken);

    public Task<JsonObject> DeleteLogStreamAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DeleteLogStream", input, cancellationToken);

    public Task<JsonObject> DeleteRetentionPolicyAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DeleteRetentionPolicy", input, cancellationToken);

    public Task<JsonObject> DescribeLogGroupsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DescribeLogGroups", input, cancellationToken);

    public Task<JsonObject> DescribeLogStreamsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DescribeLogStreams", input, cancellationToken);

    public async Task<FilterLogEventsResponse> FilterLogEventsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("FilterLogEvents", input, cancellationToken));

    public Task<JsonObject> GetLogEventsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("GetLogEvents", input, cancellationToken);

    public Task<JsonObject> ListTagsForResourceAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListTagsForResource", input, cancellationToken);

    public Task<JsonObject> PutLogEventsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("PutLogEvents", input, cancellationToken);

    public Task<JsonObject> PutRetentionPolicyAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("PutRetentionPolicy", input, cancellationToken);

    public Task<JsonObject> TagResourceAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("TagResource", input, cancellationToken);

    public Task<JsonObject> UntagResourceAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("UntagResource", input, cancellationToken);
}
