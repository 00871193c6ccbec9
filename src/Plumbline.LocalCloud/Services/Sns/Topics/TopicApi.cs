using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.Sns;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.Sns.Topics;

/// <summary>Topics, their attributes and their tags.</summary>
internal sealed partial class TopicApi(TopicStore topics, SubscriptionStore subscriptions)
{
    public async Task<JsonObject> CreateTopic(AwsCall call)
    {
        var request = new CreateTopicInput(call.Input);
        var (name, attributes) = (request.Name, request.Attributes);
        if (name.EndsWith(".fifo", StringComparison.Ordinal) || attributes.GetValueOrDefault("FifoTopic") == "true")
        {
            throw SnsErrors.Invalid("Attributes Reason: The local cloud does not implement FIFO topics");
        }

        if (!NameForm().IsMatch(name))
        {
            throw SnsErrors.Invalid("Topic Name");
        }

        var arn = LocalArn.Of("sns", name);
        var tags = TagsOf(request.Tags);
        TagList.Add([], tags, SnsErrors.TooManyTags);
        var kept = attributes.Select(attribute => KeyValuePair.Create(attribute.Key, (JsonNode?)attribute.Value));
        var topic = new JsonObject { ["Attributes"] = new JsonObject(kept) };
        var known = await topics.AddAsync(arn, topic, new TagState { Tags = tags });
        if (known is not null)
        {
            RefuseDifferent(known, attributes, tags);
        }

        return new JsonObject { ["TopicArn"] = arn };
    }

    public async Task<JsonObject> DeleteTopic(AwsCall call)
    {
        await topics.RemoveAsync(new DeleteTopicInput(call.Input).TopicArn);
        return [];
    }

    public Task<JsonObject> ListTopics(AwsCall call) =>
        Task.FromResult(
            SnsPage.Of(
                new ListTopicsInput(call.Input).NextToken,
                "Topics",
                topics.List(),
                arn => arn,
                arn => new JsonObject { ["TopicArn"] = arn }
            )
        );

    public Task<JsonObject> GetTopicAttributes(AwsCall call)
    {
        var arn = new GetTopicAttributesInput(call.Input).TopicArn;
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
        foreach (var (name, value) in AttributesOf(topic))
        {
            attributes[name] = value;
        }

        return Task.FromResult(new JsonObject { ["Attributes"] = attributes });
    }

    public async Task<JsonObject> SetTopicAttributes(AwsCall call)
    {
        var request = new SetTopicAttributesInput(call.Input);
        if (!Settable().IsMatch(request.AttributeName))
        {
            throw SnsErrors.Invalid("AttributeName");
        }

        await topics.ChangeAsync(
            request.TopicArn,
            topic => topic.Tree.Object("Attributes")![request.AttributeName] = request.AttributeValue ?? ""
        );
        return [];
    }

    public async Task<JsonObject> TagResource(AwsCall call)
    {
        var request = new TagResourceRequest(call.Input);
        var added = TagsOf(request.Tags);
        await ChangeTagsAsync(request.ResourceArn, tags => TagList.Add(tags, added, SnsErrors.TooManyTags));
        return [];
    }

    public async Task<JsonObject> UntagResource(AwsCall call)
    {
        var request = new UntagResourceRequest(call.Input);
        await ChangeTagsAsync(request.ResourceArn, tags => request.TagKeys.ToList().ForEach(key => tags.Remove(key)));
        return [];
    }

    public Task<JsonObject> ListTagsForResource(AwsCall call)
    {
        var arn = new ListTagsForResourceRequest(call.Input).ResourceArn;
        var topic = topics.Find(arn) ?? throw SnsErrors.NoResource();
        return Task.FromResult(TagList.Describe(topic.State.Tags));
    }

    private Task ChangeTagsAsync(string arn, Action<OrderedDictionary<string, string>> change) =>
        topics.Find(arn) is null
            ? throw SnsErrors.NoResource()
            : topics.ChangeAsync(arn, topic => change(topic.State.Tags));

    private static void RefuseDifferent(
        Document<TagState> known,
        IReadOnlyDictionary<string, string> attributes,
        OrderedDictionary<string, string> tags
    )
    {
        if (attributes.Except(AttributesOf(known)).Any())
        {
            throw SnsErrors.Invalid("Attributes Reason: Topic already exists with different attributes");
        }

        if (tags.Count > 0 && !tags.ToHashSet().SetEquals(known.State.Tags))
        {
            throw SnsErrors.Invalid("Tags Reason: Topic already exists with different tags");
        }
    }

    private static IReadOnlyDictionary<string, string> AttributesOf(Document topic) =>
        new GetTopicAttributesResponse(topic.Tree).Attributes;

    private static OrderedDictionary<string, string> TagsOf(IEnumerable<Tag> tags) =>
        TagList.Read(tags.Select(tag => tag.Tree), SnsErrors.Invalid);

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
