using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;

namespace Plumbline.LocalCloud.Services.Sns.Topics;

/// <summary>Topics, their attributes and their tags.</summary>
internal sealed partial class TopicApi(TopicStore topics, SubscriptionStore subscriptions)
{
    public async Task<JsonObject> CreateTopic(AwsCall call)
    {
        var name = call.Input.Text("Name")!;
        var attributes = call.Input.Object("Attributes") ?? [];
        if (name.EndsWith(".fifo", StringComparison.Ordinal) || attributes.Text("FifoTopic") == "true")
        {
            throw SnsErrors.Invalid("Attributes Reason: The local cloud does not implement FIFO topics");
        }

        if (!NameForm().IsMatch(name))
        {
            throw SnsErrors.Invalid("Topic Name");
        }

        var arn = LocalArn.Of("sns", name);
        var tags = TagsOf(call);
        TagList.Add([], tags, SnsErrors.TooManyTags);
        var topic = new JsonObject { ["Attributes"] = attributes.DeepClone(), ["Tags"] = tags };
        var known = await topics.AddAsync(arn, topic);
        if (known is not null)
        {
            RefuseDifferent(known, attributes, tags);
        }

        return new JsonObject { ["TopicArn"] = arn };
    }

    public async Task<JsonObject> DeleteTopic(AwsCall call)
    {
        await topics.RemoveAsync(call.Input.Text("TopicArn")!);
        return [];
    }

    public Task<JsonObject> ListTopics(AwsCall call) =>
        Task.FromResult(
            SnsPage.Of(call.Input, "Topics", topics.List(), arn => arn, arn => new JsonObject { ["TopicArn"] = arn })
        );

    public Task<JsonObject> GetTopicAttributes(AwsCall call)
    {
        var arn = call.Input.Text("TopicArn")!;
        var topic = topics.Find(arn) ?? throw SnsErrors.NoTopic();
        var (confirmed, pending) = subscriptions.Count(arn);
        var attributes = new JsonObject
        {
            ["TopicArn"] = arn,
            ["Owner"] = LocalCloudIdentity.Account,
            ["DisplayName"] = "",
            ["Policy"] = DefaultPolicy(arn),
            ["SubscriptionsConfirmed"] = confirmed.ToString(CultureInfo.InvariantCulture),
            ["SubscriptionsPending"] = pending.ToString(CultureInfo.InvariantCulture),
            ["SubscriptionsDeleted"] = "0",
            ["EffectiveDeliveryPolicy"] =
                """{"defaultHealthyRetryPolicy":{"minDelayTarget":20,"maxDelayTarget":20,"numRetries":3}}""",
        };
        foreach (var (name, value) in topic.Object("Attributes")!)
        {
            attributes[name] = value?.DeepClone();
        }

        return Task.FromResult(new JsonObject { ["Attributes"] = attributes });
    }

    public async Task<JsonObject> SetTopicAttributes(AwsCall call)
    {
        var (name, value) = (call.Input.Text("AttributeName")!, call.Input.Text("AttributeValue"));
        if (!Settable().IsMatch(name))
        {
            throw SnsErrors.Invalid("AttributeName");
        }

        await topics.ChangeAsync(
            call.Input.Text("TopicArn")!,
            topic => topic.Object("Attributes")![name] = value ?? ""
        );
        return [];
    }

    public async Task<JsonObject> TagResource(AwsCall call)
    {
        var added = TagsOf(call);
        await ChangeTagsAsync(call, tags => TagList.Add(tags, added, SnsErrors.TooManyTags));
        return [];
    }

    public async Task<JsonObject> UntagResource(AwsCall call)
    {
        await ChangeTagsAsync(call, tags => call.Input.Texts("TagKeys").ToList().ForEach(key => tags.Remove(key)));
        return [];
    }

    public Task<JsonObject> ListTagsForResource(AwsCall call)
    {
        var topic = topics.Find(call.Input.Text("ResourceArn")!) ?? throw SnsErrors.NoResource();
        var tags = topic
            .Object("Tags")!
            .Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value?.DeepClone() });
        return Task.FromResult(new JsonObject { ["Tags"] = new JsonArray([.. tags]) });
    }

    private Task ChangeTagsAsync(AwsCall call, Action<JsonObject> change)
    {
        var arn = call.Input.Text("ResourceArn")!;
        return topics.Find(arn) is null
            ? throw SnsErrors.NoResource()
            : topics.ChangeAsync(arn, topic => change(topic.Object("Tags")!));
    }

    private static void RefuseDifferent(JsonObject known, JsonObject attributes, JsonObject tags)
    {
        var kept = known.Object("Attributes")!;
        if (attributes.Any(attribute => !JsonNode.DeepEquals(kept[attribute.Key], attribute.Value)))
        {
            throw SnsErrors.Invalid("Attributes Reason: Topic already exists with different attributes");
        }

        if (tags.Count > 0 && !JsonNode.DeepEquals(known["Tags"], tags))
        {
            throw SnsErrors.Invalid("Tags Reason: Topic already exists with different tags");
        }
    }

    private static JsonObject TagsOf(AwsCall call) => TagList.Read(call.Input.Objects("Tags"), SnsErrors.Invalid);

    private static string DefaultPolicy(string arn) =>
        new JsonObject
        {
            ["Version"] = "2008-10-17",
            ["Id"] = "__default_policy_ID",
            ["Statement"] = new JsonArray(
                new JsonObject
                {
                    ["Sid"] = "__default_statement_ID",
                    ["Effect"] = "Allow",
                    ["Principal"] = new JsonObject { ["AWS"] = "*" },
                    ["Action"] = "SNS:*",
                    ["Resource"] = arn,
                    ["Condition"] = new JsonObject
                    {
                        ["StringEquals"] = new JsonObject { ["AWS:SourceOwner"] = LocalCloudIdentity.Account },
                    },
                }
            ),
        }.ToJsonString();

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,256}\z")]
    private static partial Regex NameForm();

    [GeneratedRegex(
        @"^(DisplayName|Policy|DeliveryPolicy|KmsMasterKeyId|TracingConfig|SignatureVersion|\w+(Success|Failure)Feedback(RoleArn|SampleRate))\z"
    )]
    private static partial Regex Settable();
}
