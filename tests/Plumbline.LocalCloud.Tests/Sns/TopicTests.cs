using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Tests.Sns;

public sealed class TopicTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    private const string Prefix = "arn:aws:sns:us-east-1:000000000000:";

    [Fact]
    public async Task A_topic_is_made_once_however_often_it_is_asked_for()
    {
        var first = await cloud.CallAsync("sns", "CreateTopic", new { Name = "once" });
        var second = await cloud.CallAsync("sns", "CreateTopic", new { Name = "once" });

        first.Text("TopicArn").ShouldBe(Prefix + "once");
        second.Text("TopicArn").ShouldBe(first.Text("TopicArn"));
        var topics = await cloud.CallAsync("sns", "ListTopics", new { });
        topics.Objects("Topics").Count(topic => topic.Text("TopicArn") == Prefix + "once").ShouldBe(1);
    }

    [Fact]
    public async Task A_topic_with_other_attributes_or_tags_is_refused()
    {
        await cloud.CallAsync("sns", "CreateTopic", new { Name = "kept", Attributes = new { DisplayName = "a" } });

        var attributes = await cloud.RefusalAsync(
            "sns",
            "CreateTopic",
            new { Name = "kept", Attributes = new { DisplayName = "b" } }
        );
        var tags = await cloud.RefusalAsync(
            "sns",
            "CreateTopic",
            new { Name = "kept", Tags = new[] { new { Key = "k", Value = "v" } } }
        );

        attributes.Message.ShouldBe(
            "Invalid parameter: Attributes Reason: Topic already exists with different attributes"
        );
        tags.Message.ShouldBe("Invalid parameter: Tags Reason: Topic already exists with different tags");
    }

    [Theory]
    [InlineData("no spaces", "Invalid parameter: Topic Name")]
    [InlineData("queue.fifo", "FIFO topics")]
    public async Task A_name_that_is_not_possible_is_refused(string name, string text) =>
        (await cloud.RefusalAsync("sns", "CreateTopic", new { Name = name })).Message.ShouldContain(text);

    [Fact]
    public async Task Subscriptions_are_kept_and_wait_for_their_confirmation()
    {
        var topic = (await cloud.CallAsync("sns", "CreateTopic", new { Name = "subscribed" })).Text("TopicArn")!;
        var request = new
        {
            TopicArn = topic,
            Protocol = "email",
            Endpoint = "a@example.org",
            ReturnSubscriptionArn = true,
        };

        var arn = (await cloud.CallAsync("sns", "Subscribe", request)).Text("SubscriptionArn")!;
        var again = (await cloud.CallAsync("sns", "Subscribe", request)).Text("SubscriptionArn");
        var pending = await cloud.CallAsync("sns", "ListSubscriptionsByTopic", new { TopicArn = topic });
        await cloud.CallAsync("sns", "ConfirmSubscription", new { TopicArn = topic, Token = arn.Split(':')[^1] });
        var confirmed = await cloud.CallAsync("sns", "ListSubscriptionsByTopic", new { TopicArn = topic });
        var attributes = await cloud.CallAsync("sns", "GetTopicAttributes", new { TopicArn = topic });

        again.ShouldBe(arn);
        pending.Objects("Subscriptions").Single().Text("SubscriptionArn").ShouldBe("PendingConfirmation");
        confirmed.Objects("Subscriptions").Single().Text("SubscriptionArn").ShouldBe(arn);
        attributes.Object("Attributes")!.Text("SubscriptionsConfirmed").ShouldBe("1");
    }

    [Fact]
    public async Task A_deleted_topic_takes_its_subscriptions_with_it()
    {
        var topic = (await cloud.CallAsync("sns", "CreateTopic", new { Name = "gone" })).Text("TopicArn")!;
        await cloud.CallAsync(
            "sns",
            "Subscribe",
            new
            {
                TopicArn = topic,
                Protocol = "sqs",
                Endpoint = "arn:aws:sqs:us-east-1:000000000000:q",
            }
        );

        await cloud.CallAsync("sns", "DeleteTopic", new { TopicArn = topic });

        (await cloud.RefusalAsync("sns", "GetTopicAttributes", new { TopicArn = topic })).Code.ShouldBe("NotFound");
        await cloud.CallAsync("sns", "CreateTopic", new { Name = "gone" });
        var left = await cloud.CallAsync("sns", "ListSubscriptionsByTopic", new { TopicArn = topic });
        left.Objects("Subscriptions").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("pigeon", "x", "Does not support this protocol string: pigeon")]
    [InlineData("email", "nobody", "Email address")]
    public async Task An_endpoint_that_is_not_possible_is_refused(string protocol, string endpoint, string text)
    {
        var topic = (await cloud.CallAsync("sns", "CreateTopic", new { Name = "endpoints" })).Text("TopicArn")!;

        var refusal = await cloud.RefusalAsync(
            "sns",
            "Subscribe",
            new
            {
                TopicArn = topic,
                Protocol = protocol,
                Endpoint = endpoint,
            }
        );

        refusal.Message.ShouldBe($"Invalid parameter: {text}");
    }
}
