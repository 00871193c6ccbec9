using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.CloudWatch;

public sealed class AlarmTests(RunningCloud running) : AlarmCalls(running), IClassFixture<RunningCloud>
{
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
}
