using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.Sns;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.Sns.Topics;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.Sns.Subscriptions;

/// <summary>Subscriptions are kept, but nothing is sent to anyone.</summary>
internal sealed class SubscriptionApi(SubscriptionStore subscriptions)
{
    private const string PendingAnswer = "pending confirmation";

    public async Task<JsonObject> Subscribe(AwsCall call)
    {
        var request = new SubscribeInput(call.Input);
        var (protocol, endpoint) = (request.Protocol, request.Endpoint ?? "");
        CheckEndpoint(protocol, endpoint);
        var attributes = request.Attributes.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value));
        var subscription = await subscriptions.AddAsync(
            request.TopicArn,
            new JsonObject
            {
                ["Protocol"] = protocol,
                ["Endpoint"] = endpoint,
                ["Attributes"] = new JsonObject(attributes),
            },
            isPending: protocol is "email" or "email-json" or "http" or "https"
        );
        var hidden = subscription.State.Pending && !(request.ReturnSubscriptionArn ?? false);
        return new JsonObject { ["SubscriptionArn"] = hidden ? PendingAnswer : subscription.Key };
    }

    /// <summary>A mail with a token is never sent, so the token is the last part of the subscription's ARN.</summary>
    public async Task<JsonObject> ConfirmSubscription(AwsCall call)
    {
        var request = new ConfirmSubscriptionInput(call.Input);
        var arn = $"{request.TopicArn}:{request.Token}";
        if (subscriptions.Find(arn) is null)
        {
            throw SnsErrors.Invalid("Token");
        }

        await subscriptions.ChangeAsync(arn, subscription => subscription.State.Pending = false);
        return new JsonObject { ["SubscriptionArn"] = arn };
    }

    public async Task<JsonObject> Unsubscribe(AwsCall call)
    {
        await subscriptions.RemoveAsync(new UnsubscribeInput(call.Input).SubscriptionArn);
        return [];
    }

    public Task<JsonObject> ListSubscriptions(AwsCall call) =>
        Page(new ListSubscriptionsInput(call.Input).NextToken, subscriptions.List(null));

    public Task<JsonObject> ListSubscriptionsByTopic(AwsCall call)
    {
        var request = new ListSubscriptionsByTopicInput(call.Input);
        return Page(request.NextToken, subscriptions.ListOf(request.TopicArn));
    }

    public Task<JsonObject> GetSubscriptionAttributes(AwsCall call)
    {
        var arn = new GetSubscriptionAttributesInput(call.Input).SubscriptionArn;
        var subscription = subscriptions.Find(arn) ?? throw SnsErrors.NoSubscription();
        var kept = new Subscription(subscription.Tree);
        var attributes = new JsonObject
        {
            ["SubscriptionArn"] = subscription.Key,
            ["TopicArn"] = subscription.Parent,
            ["Owner"] = LocalCloudIdentity.Account,
            ["Protocol"] = kept.Protocol,
            ["Endpoint"] = kept.Endpoint,
            ["PendingConfirmation"] = subscription.State.Pending ? "true" : "false",
            ["ConfirmationWasAuthenticated"] = subscription.State.Pending ? "false" : "true",
            ["RawMessageDelivery"] = "false",
        };
        foreach (var (name, value) in new GetSubscriptionAttributesResponse(subscription.Tree).Attributes)
        {
            attributes[name] = value;
        }

        return Task.FromResult(new JsonObject { ["Attributes"] = attributes });
    }

    public async Task<JsonObject> SetSubscriptionAttributes(AwsCall call)
    {
        var request = new SetSubscriptionAttributesInput(call.Input);
        if (
            request.AttributeName
            is not (
                "DeliveryPolicy"
                or "FilterPolicy"
                or "FilterPolicyScope"
                or "RawMessageDelivery"
                or "RedrivePolicy"
                or "SubscriptionRoleArn"
            )
        )
        {
            throw SnsErrors.Invalid("AttributeName");
        }

        await subscriptions.ChangeAsync(
            request.SubscriptionArn,
            subscription =>
                subscription.Tree.Object("Attributes")![request.AttributeName] = request.AttributeValue ?? ""
        );
        return [];
    }

    private static Task<JsonObject> Page(string? token, IEnumerable<Document<SubscriptionState>> all) =>
        Task.FromResult(SnsPage.Of(token, "Subscriptions", all, subscription => subscription.Key, Describe));

    private static JsonObject Describe(Document<SubscriptionState> subscription)
    {
        var kept = new Subscription(subscription.Tree);
        return new JsonObject
        {
            ["SubscriptionArn"] = subscription.State.Pending ? "PendingConfirmation" : subscription.Key,
            ["Owner"] = LocalCloudIdentity.Account,
            ["Protocol"] = kept.Protocol,
            ["Endpoint"] = kept.Endpoint,
            ["TopicArn"] = subscription.Parent,
        };
    }

    private static void CheckEndpoint(string protocol, string endpoint)
    {
        var problem = protocol switch
        {
            "email" or "email-json" when !endpoint.Contains('@', StringComparison.Ordinal) => "Email address",
            "http" or "https" when !endpoint.StartsWith(protocol + "://", StringComparison.Ordinal) =>
                "Endpoint must match the specified protocol",
            "sqs" when !endpoint.StartsWith("arn:aws:sqs:", StringComparison.Ordinal) => "SQS endpoint ARN",
            "lambda" when !endpoint.StartsWith("arn:aws:lambda:", StringComparison.Ordinal) => "Lambda endpoint ARN",
            "sms" when endpoint.Length == 0 => "Invalid SMS endpoint: ",
            "email" or "email-json" or "http" or "https" or "sqs" or "sms" or "application" or "lambda" or "firehose" =>
                null,
            _ => $"Does not support this protocol string: {protocol}",
        };
        if (problem is not null)
        {
            throw SnsErrors.Invalid(problem);
        }
    }
}
