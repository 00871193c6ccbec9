using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;

namespace Plumbline.LocalCloud.Tests.Sns;

public sealed class MessageTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    [Fact]
    public async Task A_message_can_be_read_from_its_topics_log_group_as_soon_as_it_is_published()
    {
        var topic = await TopicAsync("alerts");

        var answer = await cloud.CallAsync(
            "sns",
            "Publish",
            new
            {
                TopicArn = topic,
                Subject = "accuracy",
                Message = "it fell: \"0.4\"",
            }
        );

        var notification = (await NotificationsAsync("alerts")).Single();
        notification.Text("messageId").ShouldBe(answer.Text("MessageId"));
        notification.Text("topicArn").ShouldBe(topic);
        notification.Text("subject").ShouldBe("accuracy");
        notification.Text("message").ShouldBe("it fell: \"0.4\"");
    }

    [Fact]
    public async Task A_service_that_asks_twice_publishes_once()
    {
        var topic = await TopicAsync("deduplicated");
        var dispatcher = cloud.Host.Services.GetRequiredService<Dispatcher>();
        var input = new JsonObject
        {
            ["TopicArn"] = topic,
            ["Message"] = "x",
            ["MessageDeduplicationId"] = "transition-1",
        };
        var service = new Caller("cloudwatch.amazonaws.com", "cloudwatch.amazonaws.com");

        var first = await dispatcher.CallAsync("sns", "Publish", (JsonObject)input.DeepClone(), service);
        var second = await dispatcher.CallAsync("sns", "Publish", (JsonObject)input.DeepClone(), service);

        second.Text("MessageId").ShouldBe(first.Text("MessageId"));
        (await NotificationsAsync("deduplicated")).Count().ShouldBe(1);
        var refusal = await cloud.RefusalAsync("sns", "Publish", input);
        refusal.Message.ShouldContain("not valid for this topic type");
    }

    [Fact]
    public async Task A_batch_keeps_what_is_right_and_names_what_is_not()
    {
        var topic = await TopicAsync("batch");

        var answer = await cloud.CallAsync(
            "sns",
            "PublishBatch",
            new
            {
                TopicArn = topic,
                PublishBatchRequestEntries = new[] { new { Id = "a", Message = "x" }, new { Id = "b", Message = "" } },
            }
        );

        answer.Objects("Successful").Single().Text("Id").ShouldBe("a");
        answer.Objects("Failed").Single().Text("Message").ShouldBe("Invalid parameter: Empty message");
    }

    [Fact]
    public async Task A_topic_that_is_not_there_or_a_message_that_is_not_possible_is_refused()
    {
        var topic = await TopicAsync("strict");

        (await cloud.RefusalAsync("sns", "Publish", new { TopicArn = topic + "x", Message = "m" })).Message.ShouldBe(
            "Topic does not exist"
        );
        (
            await cloud.RefusalAsync("sns", "Publish", new { TopicArn = topic, Message = new string('x', 262_145) })
        ).Message.ShouldBe("Invalid parameter: Message too long");
        (
            await cloud.RefusalAsync(
                "sns",
                "Publish",
                new
                {
                    TopicArn = topic,
                    Message = "{}",
                    MessageStructure = "json",
                }
            )
        ).Message.ShouldBe("Invalid parameter: Message Structure - No default entry in JSON message body");
    }

    private async Task<string> TopicAsync(string name) =>
        (await cloud.CallAsync("sns", "CreateTopic", new { Name = name })).Text("TopicArn")!;

    private async Task<IEnumerable<JsonObject>> NotificationsAsync(string topic)
    {
        var lines = await cloud.CallAsync(
            "logs",
            "FilterLogEvents",
            new { logGroupName = $"sns/us-east-1/000000000000/{topic}" }
        );
        return lines
            .Objects("events")
            .Select(line => JsonNode.Parse(line.Text("message")!)!.AsObject().Object("notification")!);
    }
}
