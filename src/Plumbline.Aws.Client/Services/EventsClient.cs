using System.Text.Json.Nodes;

namespace Plumbline.Aws.Client.Services;

// Written by tools/ApiModels from operations.txt.
/// <summary>EventBridge, an operation a method; inputs and outputs have AWS's names.</summary>
public sealed class EventsClient(AwsConnection connection) : AwsClient(connection, "events")
{
    /// <summary>DeleteRule.</summary>
    public Task<JsonObject> DeleteRuleAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("DeleteRule", input, cancellationToken);

    /// <summary>DescribeEventBus.</summary>
    public Task<JsonObject> DescribeEventBusAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DescribeEventBus", input, cancellationToken);

    /// <summary>DescribeRule.</summary>
    public Task<JsonObject> DescribeRuleAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DescribeRule", input, cancellationToken);

    /// <summary>DisableRule.</summary>
    public Task<JsonObject> DisableRuleAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("DisableRule", input, cancellationToken);

    /// <summary>EnableRule.</summary>
    public Task<JsonObject> EnableRuleAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("EnableRule", input, cancellationToken);

    /// <summary>ListEventBuses.</summary>
    public Task<JsonObject> ListEventBusesAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListEventBuses", input, cancellationToken);

    /// <summary>ListRuleNamesByTarget.</summary>
    public Task<JsonObject> ListRuleNamesByTargetAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListRuleNamesByTarget", input, cancellationToken);

    /// <summary>ListRules.</summary>
    public Task<JsonObject> ListRulesAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("ListRules", input, cancellationToken);

    /// <summary>ListTagsForResource.</summary>
    public Task<JsonObject> ListTagsForResourceAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListTagsForResource", input, cancellationToken);

    /// <summary>ListTargetsByRule.</summary>
    public Task<JsonObject> ListTargetsByRuleAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListTargetsByRule", input, cancellationToken);

    /// <summary>PutEvents.</summary>
    public Task<JsonObject> PutEventsAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("PutEvents", input, cancellationToken);

    /// <summary>PutRule.</summary>
    public Task<JsonObject> PutRuleAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("PutRule", input, cancellationToken);

    /// <summary>PutTargets.</summary>
    public Task<JsonObject> PutTargetsAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("PutTargets", input, cancellationToken);

    /// <summary>RemoveTargets.</summary>
    public Task<JsonObject> RemoveTargetsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("RemoveTargets", input, cancellationToken);

    /// <summary>TagResource.</summary>
    public Task<JsonObject> TagResourceAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("TagResource", input, cancellationToken);

    /// <summary>TestEventPattern.</summary>
    public Task<JsonObject> TestEventPatternAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("TestEventPattern", input, cancellationToken);

    /// <summary>UntagResource.</summary>
    public Task<JsonObject> UntagResourceAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("UntagResource", input, cancellationToken);
}
