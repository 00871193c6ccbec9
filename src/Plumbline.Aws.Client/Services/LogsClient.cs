using System.Text.Json.Nodes;

namespace Plumbline.Aws.Client.Services;

// Written by tools/ApiModels from operations.txt.
/// <summary>CloudWatch Logs, an operation a method; inputs and outputs have AWS's names.</summary>
public sealed class LogsClient(AwsConnection connection) : AwsClient(connection, "logs")
{
    /// <summary>CreateLogGroup.</summary>
    public Task<JsonObject> CreateLogGroupAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("CreateLogGroup", input, cancellationToken);

    /// <summary>CreateLogStream.</summary>
    public Task<JsonObject> CreateLogStreamAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("CreateLogStream", input, cancellationToken);

    /// <summary>DeleteLogGroup.</summary>
    public Task<JsonObject> DeleteLogGroupAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DeleteLogGroup", input, cancellationToken);

    /// <summary>DeleteLogStream.</summary>
    public Task<JsonObject> DeleteLogStreamAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DeleteLogStream", input, cancellationToken);

    /// <summary>DeleteRetentionPolicy.</summary>
    public Task<JsonObject> DeleteRetentionPolicyAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DeleteRetentionPolicy", input, cancellationToken);

    /// <summary>DescribeLogGroups.</summary>
    public Task<JsonObject> DescribeLogGroupsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DescribeLogGroups", input, cancellationToken);

    /// <summary>DescribeLogStreams.</summary>
    public Task<JsonObject> DescribeLogStreamsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DescribeLogStreams", input, cancellationToken);

    /// <summary>FilterLogEvents.</summary>
    public Task<JsonObject> FilterLogEventsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("FilterLogEvents", input, cancellationToken);

    /// <summary>GetLogEvents.</summary>
    public Task<JsonObject> GetLogEventsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("GetLogEvents", input, cancellationToken);

    /// <summary>ListTagsForResource.</summary>
    public Task<JsonObject> ListTagsForResourceAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListTagsForResource", input, cancellationToken);

    /// <summary>PutLogEvents.</summary>
    public Task<JsonObject> PutLogEventsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("PutLogEvents", input, cancellationToken);

    /// <summary>PutRetentionPolicy.</summary>
    public Task<JsonObject> PutRetentionPolicyAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("PutRetentionPolicy", input, cancellationToken);

    /// <summary>TagResource.</summary>
    public Task<JsonObject> TagResourceAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("TagResource", input, cancellationToken);

    /// <summary>UntagResource.</summary>
    public Task<JsonObject> UntagResourceAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("UntagResource", input, cancellationToken);
}
