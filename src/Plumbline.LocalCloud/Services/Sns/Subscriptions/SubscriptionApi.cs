using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
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
        var input = call.Input;
        var (protocol, endpoint) = (input.Text("Protocol")!, input.Text("Endpoint") ?? "");
        CheckEndpoint(protocol, endpoint);
        var subscription = await subscriptions.AddAsync(
            input.Text("TopicArn")!,
            new JsonObject
            {
                ["Protocol"] = protocol,
                ["Endpoint"] = endpoint,
                ["Pending"] = protocol is "email" or "email-json" or "http" or "https",
                ["Attributes"] = input.Object("Attributes")?.DeepClone() ?? new JsonObject(),
            }
        );
        var hidden = SubscriptionStore.IsPending(subscription) && !(input.Bool("ReturnSubscriptionArn") ?? false);
        return new JsonObject { ["SubscriptionArn"] = hidden ? PendingAnswer : subscription.Key };
    }

    /// <summary>A mail with a token is never sent, so the token is the last part of the subscription's ARN.</summary>
    public async Task<JsonObject> ConfirmSubscription(AwsCall call)
    {
        var arn = $"{call.Input.Text("TopicArn")}:{call.Input.Text("Token")}";
        if (subscriptions.Find(arn) is null)
        {
            throw SnsErrors.Invalid("Token");
        }

        await subscriptions.ChangeAsync(arn, subscription => subscription["Pending"] = false);
        return new JsonObject { ["SubscriptionArn"] = arn };
    }

    public async Task<JsonObject> Unsubscribe(AwsCall call)
    {
        await subscriptions.RemoveAsync(call.Input.Text("SubscriptionArn")!);
        return [];
    }

    public Task<JsonObject> ListSubscriptions(AwsCall call) => Page(call, subscriptions.List(null));

    public Task<JsonObject> ListSubscriptionsByTopic(AwsCall call) =>
        Page(call, subscriptions.ListOf(call.Input.Text("TopicArn")!));

    public Task<JsonObject> GetSubscriptionAttributes(AwsCall call)
    {
        var subscription = subscriptions.Find(call.Input.Text("SubscriptionArn")!) ?? throw SnsErrors.NoSubscription();
        var attributes = new JsonObject
        {
            ["SubscriptionArn"] = subscription.Key,
            ["TopicArn"] = subscription.Parent,
            ["Owner"] = LocalCloudIdentity.Account,
            ["Protocol"] = subscription.Tree.Text("Protocol"),
            ["Endpoint"] = subscription.Tree.Text("Endpoint"),
            ["PendingConfirmation"] = SubscriptionStore.IsPending(subscription) ? "true" : "false",
            ["ConfirmationWasAuthenticated"] = SubscriptionStore.IsPending(subscription) ? "false" : "true",
            ["RawMessageDelivery"] = "false",
        };
        foreach (var (name, value) in subscription.Tree.Object("Attributes")!)
        {
            attributes[name] = value?.DeepClone();
        }

        return Task.FromResult(new JsonObject { ["Attributes"] = attributes });
    }

    public async Task<JsonObject> SetSubscriptionAttributes(AwsCall call)
    {
        var name = call.Input.Text("AttributeName")!;
        if (
            name
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
            call.Input.Text("SubscriptionArn")!,
            subscription => subscription.Object("Attributes")![name] = call.Input.Text("AttributeValue") ?? ""
        );
        return [];
    }

    private static Task<JsonObject> Page(AwsCall call, IEnumerable<Document> all) =>
        Task.FromResult(SnsPage.Of(call.Input, "Subscriptions", all, subscription => subscription.Key, Describe));

    private static JsonObject Describe(Document subscription) =>
        new()
        {
            ["SubscriptionArn"] = SubscriptionStore.IsPending(subscription) ? "PendingConfirmation" : subscription.Key,
            ["Owner"] = LocalCloudIdentity.Account,
            ["Protocol"] = subscription.Tree.Text("Protocol"),
            ["Endpoint"] = subscription.Tree.Text("Endpoint"),
            ["TopicArn"] = subscription.Parent,
        };

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
