using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.State;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.CloudWatch;

public sealed class AlarmTests(RunningCloud cloud) : IClassFixture<RunningCloud>
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
    public async Task A_change_of_state_leaves_a_line_in_the_history()
    {
        await PutAlarmAsync("traced", new { });
        await PutMetricAsync("traced", 0.1);
        await StateAsync("traced", "ALARM");

        var history = await cloud.CallAsync(
            "monitoring",
            "DescribeAlarmHistory",
            new { AlarmName = "traced", HistoryItemType = "StateUpdate" }
        );

        history
            .Objects("AlarmHistoryItems")
            .Single()
            .Text("HistorySummary")
            .ShouldBe("Alarm updated from INSUFFICIENT_DATA to ALARM");
    }

    [Fact]
    public async Task Missing_data_count_once_the_clock_has_passed_them()
    {
        await PutAlarmAsync("silent", new { TreatMissingData = "missing" });
        await PutMetricAsync("silent", 0.95);
        await StateAsync("silent", "OK");

        await cloud.MoveClockAsync(TimeSpan.FromHours(1));

        var alarm = await StateAsync("silent", "INSUFFICIENT_DATA");
        alarm.Text("StateReason").ShouldBe("Insufficient Data: 1 datapoint was unknown.");
    }

    [Fact]
    public async Task Missing_data_that_are_ignored_keep_the_state()
    {
        await PutAlarmAsync("kept", new { });
        await PutMetricAsync("kept", 0.1);
        await StateAsync("kept", "ALARM");
        await PutAlarmAsync("kept-witness", new { TreatMissingData = "breaching" });
        await StateAsync("kept-witness", "ALARM");
        await PutMetricAsync("kept-witness", 0.95);
        await StateAsync("kept-witness", "OK");

        await cloud.MoveClockAsync(TimeSpan.FromDays(7));

        // The other alarm proves that alarms were evaluated after the move.
        await StateAsync("kept-witness", "ALARM");
        (await AlarmAsync("kept")).Text("StateValue").ShouldBe("ALARM");
    }

    [Fact]
    public async Task A_state_set_by_hand_holds_until_the_next_comparison()
    {
        await PutAlarmAsync("by-hand", new { TreatMissingData = "notBreaching" });
        await StateAsync("by-hand", "OK");

        await cloud.CallAsync(
            "monitoring",
            "SetAlarmState",
            new
            {
                AlarmName = "by-hand",
                StateValue = "ALARM",
                StateReason = "a test",
            }
        );
        (await AlarmAsync("by-hand")).Text("StateReason").ShouldBe("a test");
        await cloud.MoveClockAsync(TimeSpan.FromMinutes(1));

        await StateAsync("by-hand", "OK");
    }

    [Fact]
    public async Task A_new_configuration_leaves_the_state_and_its_tags()
    {
        await PutAlarmAsync("changed", new { Tags = new[] { new { Key = "k", Value = "v" } } });
        await PutMetricAsync("changed", 0.1);
        await StateAsync("changed", "ALARM");

        await PutAlarmAsync("changed", new { MetricName = "another", AlarmDescription = "new" });

        var alarm = await AlarmAsync("changed");
        alarm.Text("StateValue").ShouldBe("ALARM");
        alarm.Text("AlarmDescription").ShouldBe("new");
        var tags = await cloud.CallAsync(
            "monitoring",
            "ListTagsForResource",
            new { ResourceARN = alarm.Text("AlarmArn") }
        );
        tags.Objects("Tags").Single().Text("Value").ShouldBe("v");
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

    [Theory]
    [InlineData("""{"Period":45}""", "Valid values are 10, 20, 30, or any multiple of 60")]
    [InlineData("""{"Period":300,"EvaluationPeriods":300}""", "Metrics cannot be checked across more than a day")]
    [InlineData("""{"TreatMissingData":"perhaps"}""", "Option perhaps is not supported.")]
    [InlineData("""{"ExtendedStatistic":"p99"}""", "Exactly one of the parameters Statistic and ExtendedStatistic")]
    [InlineData("""{"AlarmActions":["nowhere"]}""", "Invalid arn syntax: nowhere")]
    [InlineData("""{"AlarmActions":["arn:aws:lambda:us-east-1:000000000000:function:f"]}""", "SNS topics only")]
    [InlineData("""{"ComparisonOperator":"GreaterThanUpperThreshold"}""", "anomaly detection")]
    [InlineData("""{"DatapointsToAlarm":2}""", "DatapointsToAlarm must be less than or equal")]
    [InlineData(
        """{"MetricName":null,"Namespace":null,"Dimensions":null,"Period":null,"Statistic":null,"Metrics":[{"Id":"e","Expression":"m / 2"}]}""",
        "must contain metrics"
    )]
    [InlineData(
        """{"MetricName":null,"Namespace":null,"Dimensions":null,"Period":null,"Statistic":null,"Metrics":[{"Id":"m","ReturnData":false,"MetricStat":{"Metric":{"Namespace":"n","MetricName":"a"},"Period":60,"Stat":"Sum"}},{"Id":"m","ReturnData":false,"MetricStat":{"Metric":{"Namespace":"n","MetricName":"b"},"Period":60,"Stat":"Sum"}},{"Id":"e","Expression":"m / 2"}]}""",
        "must be unique"
    )]
    public async Task A_configuration_that_is_not_possible_is_refused(string changes, string text)
    {
        var input = Configuration("refused", JsonNode.Parse(changes)!);

        (await cloud.RefusalAsync("monitoring", "PutMetricAlarm", input)).Message.ShouldContain(text);
    }

    [Fact]
    public async Task Alarms_are_found_by_prefix_and_state_and_gone_when_deleted()
    {
        await PutAlarmAsync("find-b", new { });
        await PutAlarmAsync("find-a", new { });

        var page = await cloud.CallAsync(
            "monitoring",
            "DescribeAlarms",
            new
            {
                AlarmNamePrefix = "find-",
                StateValue = "INSUFFICIENT_DATA",
                MaxRecords = 1,
            }
        );
        var next = await cloud.CallAsync(
            "monitoring",
            "DescribeAlarms",
            new { AlarmNamePrefix = "find-", NextToken = page.Text("NextToken") }
        );
        await cloud.CallAsync("monitoring", "DeleteAlarms", new { AlarmNames = new[] { "find-a", "find-b", "never" } });
        var left = await cloud.CallAsync("monitoring", "DescribeAlarms", new { AlarmNamePrefix = "find-" });

        page.Objects("MetricAlarms").Single().Text("AlarmName").ShouldBe("find-a");
        next.Objects("MetricAlarms").Single().Text("AlarmName").ShouldBe("find-b");
        left.Objects("MetricAlarms").ShouldBeEmpty();
    }

    private static JsonObject Configuration(string name, object changes)
    {
        var input = new JsonObject
        {
            ["AlarmName"] = name,
            ["MetricName"] = name,
            ["Namespace"] = "Plumbline/ModelQuality",
            ["Dimensions"] = new JsonArray(new JsonObject { ["Name"] = "Endpoint", ["Value"] = "e" }),
            ["Period"] = 300,
            ["EvaluationPeriods"] = 1,
            ["Statistic"] = "Average",
            ["Threshold"] = 0.9,
            ["ComparisonOperator"] = "LessThanThreshold",
            ["TreatMissingData"] = "ignore",
        };
        foreach (var (key, value) in System.Text.Json.JsonSerializer.SerializeToNode(changes)!.AsObject())
        {
            input[key] = value?.DeepClone();
        }

        return input;
    }

    private Task PutAlarmAsync(string name, object changes) =>
        cloud.CallAsync("monitoring", "PutMetricAlarm", Configuration(name, changes));

    private Task PutMetricAsync(string name, double value) =>
        cloud.CallAsync(
            "monitoring",
            "PutMetricData",
            new
            {
                Namespace = "Plumbline/ModelQuality",
                MetricData = new[]
                {
                    new
                    {
                        MetricName = name,
                        Value = value,
                        Dimensions = new[] { new { Name = "Endpoint", Value = "e" } },
                    },
                },
            }
        );

    private async Task<JsonObject> AlarmAsync(string name)
    {
        var answer = await cloud.CallAsync("monitoring", "DescribeAlarms", new { AlarmNames = new[] { name } });
        return answer.Objects("MetricAlarms").Single();
    }

    private Task<JsonObject> StateAsync(string name, string state) =>
        Eventually.Async(() => AlarmAsync(name), alarm => alarm.Text("StateValue") == state);

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
