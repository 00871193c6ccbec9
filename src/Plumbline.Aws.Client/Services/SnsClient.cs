using System.Text.Json.Nodes;
using Plumbline.Aws.Views.Sns;

namespace Plumbline.Aws.Client.Services;

// Written by tools/ApiModels from operations.txt and the views folder.
/// <summary>SNS: one method for each operation; inputs and outputs have AWS's member names.</summary>
public sealed class SnsClient(AwsConnection connection) : AwsClient(connection, "sns")
{
    public Task<JsonObject> ConfirmSubscriptionAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ConfirmSubscription", input, cancellationToken);

    public Task<JsonObject> CreateTopicAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("CreateTopic", input, cancellationToken);

    public Task<JsonObject> DeleteTopicAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("DeleteTopic", input, cancellationToken);

    public async Task<GetSubscriptionAttributesResponse> GetSubscriptionAttributesAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("GetSubscriptionAttributes", input, cancellationToken));

    public async Task<GetTopicAttributesResponse> GetTopicAttributesAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("GetTopicAttributes", input, cancellationToken));

    public Task<JsonObject> ListSubscriptionsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListSubscriptions", input, cancellationToken);

    public Task<JsonObject> ListSubscriptionsByTopicAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListSubscriptionsByTopic", input, cancellationToken);

    public Task<JsonObject> ListTagsForResourceAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListTagsForResource", input, cancellationToken);

    public Task<JsonObject> ListTopicsAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("ListTopics", input, cancellationToken);

    public Task<JsonObject> PublishAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("Publish", input, cancellationToken);

    public Task<JsonObject> PublishBatchAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("PublishBatch", input, cancellationToken);

    public Task<JsonObject> SetSubscriptionAttributesAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("SetSubscriptionAttributes", input, cancellationToken);

    public Task<JsonObject> SetTopicAttributesAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("SetTopicAttributes", input, cancellationToken);

    public Task<JsonObject> SubscribeAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("Subscribe", input, cancellationToken);

    public Task<JsonObject> TagResourceAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("TagResource", input, cancellationToken);

    public Task<JsonObject> UnsubscribeAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("Unsubscribe", input, cancellationToken);

    public Task<JsonObject> UntagResourceAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("UntagResource", input, cancellationToken);
}
