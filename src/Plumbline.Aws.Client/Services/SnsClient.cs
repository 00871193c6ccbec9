using System.Text.Json.Nodes;

namespace Plumbline.Aws.Client.Services;

// Written by tools/ApiModels from operations.txt.
/// <summary>SNS, an operation a method; inputs and outputs have AWS's names.</summary>
public sealed class SnsClient(AwsConnection connection) : AwsClient(connection, "sns")
{
    /// <summary>ConfirmSubscription.</summary>
    public Task<JsonObject> ConfirmSubscriptionAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ConfirmSubscription", input, cancellationToken);

    /// <summary>CreateTopic.</summary>
    public Task<JsonObject> CreateTopicAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("CreateTopic", input, cancellationToken);

    /// <summary>DeleteTopic.</summary>
    public Task<JsonObject> DeleteTopicAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("DeleteTopic", input, cancellationToken);

    /// <summary>GetSubscriptionAttributes.</summary>
    public Task<JsonObject> GetSubscriptionAttributesAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("GetSubscriptionAttributes", input, cancellationToken);

    /// <summary>GetTopicAttributes.</summary>
    public Task<JsonObject> GetTopicAttributesAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("GetTopicAttributes", input, cancellationToken);

    /// <summary>ListSubscriptions.</summary>
    public Task<JsonObject> ListSubscriptionsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListSubscriptions", input, cancellationToken);

    /// <summary>ListSubscriptionsByTopic.</summary>
    public Task<JsonObject> ListSubscriptionsByTopicAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListSubscriptionsByTopic", input, cancellationToken);

    /// <summary>ListTagsForResource.</summary>
    public Task<JsonObject> ListTagsForResourceAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListTagsForResource", input, cancellationToken);

    /// <summary>ListTopics.</summary>
    public Task<JsonObject> ListTopicsAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("ListTopics", input, cancellationToken);

    /// <summary>Publish.</summary>
    public Task<JsonObject> PublishAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("Publish", input, cancellationToken);

    /// <summary>PublishBatch.</summary>
    public Task<JsonObject> PublishBatchAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("PublishBatch", input, cancellationToken);

    /// <summary>SetSubscriptionAttributes.</summary>
    public Task<JsonObject> SetSubscriptionAttributesAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("SetSubscriptionAttributes", input, cancellationToken);

    /// <summary>SetTopicAttributes.</summary>
    public Task<JsonObject> SetTopicAttributesAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("SetTopicAttributes", input, cancellationToken);

    /// <summary>Subscribe.</summary>
    public Task<JsonObject> SubscribeAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("Subscribe", input, cancellationToken);

    /// <summary>TagResource.</summary>
    public Task<JsonObject> TagResourceAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("TagResource", input, cancellationToken);

    /// <summary>Unsubscribe.</summary>
    public Task<JsonObject> UnsubscribeAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("Unsubscribe", input, cancellationToken);

    /// <summary>UntagResource.</summary>
    public Task<JsonObject> UntagResourceAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("UntagResource", input, cancellationToken);
}
