using System.Text.Json.Nodes;
using Plumbline.Aws.Views.Events;

namespace Plumbline.Aws.Client.Services;

// Written by tools/ApiModels from operations.txt and the views folder.
/// <summary>EventBridge: one method for each operation; inputs and outputs have AWS's member names.</summary>
public sealed class EventsClient(AwsConnection connection) : AwsClient(connection, "events")
{
    public Task<JsonObject> DeleteRuleAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("DeleteRule", input, cancellationToken);

    public Task<JsonObject> DescribeEventBusAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DescribeEventBus", input, cancellationToken);

    public async Task<DescribeRuleResponse> DescribeRuleAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("DescribeRule", input, cancellationToken));

    public Task<JsonObject> DisableRuleAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("DisableRule", input, cancellationToken);

    public Task<JsonObject> EnableRuleAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("EnableRule", input, cancellationToken);

    public Task<JsonObject> ListEventBusesAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListEventBuses", input, cancellationToken);

    public Task<JsonObject> ListRuleNamesByTargetAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListRuleNamesByTarget", input, cancellationToken);

    public Task<JsonObject> ListRulesAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("ListRules", input, cancellationToken);

    public Task<JsonObject> ListTagsForResourceAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListTagsForResource", input, cancellationToken);

    public Task<JsonObject> ListTargetsByRuleAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListTargetsByRule", input, cancellationToken);

    public async Task<PutEventsResponse> PutEventsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("PutEvents", input, cancellationToken));

    public Task<JsonObject> PutRuleAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("PutRule", input, cancellationToken);

    public Task<JsonObject> PutTargetsAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("PutTargets", input, cancellationToken);

    public Task<JsonObject> RemoveTargetsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("RemoveTargets", input, cancellationToken);

    public Task<JsonObject> TagResourceAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("TagResource", input, cancellationToken);

    public Task<JsonObject> TestEventPatternAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("TestEventPattern", input, cancellationToken);

    public Task<JsonObject> UntagResourceAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("UntagResource", input, cancellationToken);
}
