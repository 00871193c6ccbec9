using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.State;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.CloudWatch;

public sealed class AlarmActionTests(RunningCloud running) : AlarmCalls(running), IClassFixture<RunningCloud>
{
    [Fact]
    public async Task An_alarm_goes_off_and_back_as_figures_come_in_and_tells_its_topic_each_time()
    {
        var topic = await TopicAsync("there-and-back");
        await PutAlarmAsync("there-and-back", new { AlarmActions = new[] { topic }, OKActions = new[] { topic } });
        (await AlarmAsync("there-and-back")).Text("StateValue").ShouldBe("INSUFFICIENT_DATA");

        await PutMetricAsync("there-and-back", 0.95);
        await StateAsync("there-and-back", "OK");
        await cloud.MoveClockAsync(TimeSpan.FromSeconds(301));
        await PutMetricAsync("there-and-back", 0.40);
        var alarm = await StateAsync("there-and-back", "ALARM");
        await cloud.MoveClockAsync(TimeSpan.FromSeconds(301));
        await PutMetricAsync("there-and-back", 0.91);
        await StateAsync("there-and-back", "OK");

        alarm.Text("StateReason")!.ShouldStartWith("Threshold Crossed: 1 out of the last 1 datapoints [0.4 (");
        alarm.Text("StateReason")!.ShouldEndWith("(minimum 1 datapoint for OK -> ALARM transition).");
        JsonNode.Parse(alarm.Text("StateReasonData")!)!["recentDatapoints"]!.ToJsonString().ShouldBe("[0.4]");
        var told = await NotificationsAsync("there-and-back", 3);
        told.Select(message => message.Text("NewStateValue")).ShouldBe(["OK", "ALARM", "OK"]);
        told[1].Object("Trigger")!.Text("MetricName").ShouldBe("there-and-back");
    }

    [Fact]
    public async Task An_alarm_without_actions_enabled_changes_state_and_tells_nobody()
    {
        var topic = await TopicAsync("quiet");
        await PutAlarmAsync("quiet", new { AlarmActions = new[] { topic }, OKActions = new[] { topic } });
        await cloud.CallAsync("monitoring", "DisableAlarmActions", new { AlarmNames = new[] { "quiet" } });
        await PutMetricAsync("quiet", 0.1);
        await StateAsync("quiet", "ALARM");

        await cloud.CallAsync("monitoring", "EnableAlarmActions", new { AlarmNames = new[] { "quiet" } });
        await cloud.MoveClockAsync(TimeSpan.FromSeconds(301));
        await PutMetricAsync("quiet", 0.99);
        await StateAsync("quiet", "OK");

        var told = await NotificationsAsync("quiet", 1);
        told.Single().Text("NewStateValue").ShouldBe("OK");
    }

    [Fact]
    public async Task An_action_that_was_not_taken_before_a_crash_is_taken_once_after_it()
    {
        var topic = await TopicAsync("crash");
        await PutAlarmAsync("crash", new { AlarmActions = new[] { topic } });
        await PutMetricAsync("crash", 0.1);
        await StateAsync("crash", "ALARM");
        await NotificationsAsync("crash", 1);

        // As if the local cloud had died after SNS stored the message and before the action was marked as done.
        var database = cloud.Host.Services.GetRequiredService<Database>();
        await database.WriteAsync(connection =>
            connection.Run(
                """
                INSERT INTO alarm_actions (alarm, action, deduplication_id, subject, message)
                SELECT 'crash', topic, deduplication_id, 's', 'm' FROM sns_messages WHERE topic LIKE '%:crash'
                """
            )
        );
        await cloud.RestartAsync();

        var actions = await Eventually.Async(
            () =>
                cloud.CallAsync(
                    "monitoring",
                    "DescribeAlarmHistory",
                    new { AlarmName = "crash", HistoryItemType = "Action" }
                ),
            answer => answer.Objects("AlarmHistoryItems").Count() == 2
        );
        actions
            .Objects("AlarmHistoryItems")
            .First()
            .Text("HistorySummary")
            .ShouldBe($"Successfully executed action {topic}");
        (await NotificationsAsync("crash", 1)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_action_through_a_topic_that_is_gone_is_in_the_history_as_failed()
    {
        await PutAlarmAsync("lost", new { AlarmActions = new[] { "arn:aws:sns:us-east-1:000000000000:nowhere" } });
        await PutMetricAsync("lost", 0.1);

        var actions = await Eventually.Async(
            () =>
                cloud.CallAsync(
                    "monitoring",
                    "DescribeAlarmHistory",
                    new { AlarmName = "lost", HistoryItemType = "Action" }
                ),
            answer => answer.Objects("AlarmHistoryItems").Any()
        );

        actions
            .Objects("AlarmHistoryItems")
            .Single()
            .Text("HistorySummary")!
            .ShouldContain("Received error: \"Topic does not exist\"");
    }

    private async Task<string> TopicAsync(string name) =>
        (await cloud.CallAsync("sns", "CreateTopic", new { Name = name })).Text("TopicArn")!;

    private async Task<List<JsonObject>> NotificationsAsync(string topic, int count)
    {
        var lines = await Eventually.Async(
            async () =>
            {
                try
                {
                    return await cloud.CallAsync(
                        "logs",
                        "FilterLogEvents",
                        new { logGroupName = $"sns/us-east-1/000000000000/{topic}" }
                    );
                }
                catch (Aws.Errors.AwsException missing) when (missing.Code == "ResourceNotFoundException")
                {
                    return [];
                }
            },
            answer => answer.Objects("events").Count() >= count
        );
        return
        [
            .. lines
                .Objects("events")
                .Select(line =>
                    JsonNode
                        .Parse(JsonNode.Parse(line.Text("message")!)!["notification"]!.AsObject().Text("message")!)!
                        .AsObject()
                ),
        ];
    }
}
