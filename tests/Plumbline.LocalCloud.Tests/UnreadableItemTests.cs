using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.Tests.Events;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests;

/// <summary>What another version, or a damaged disk, left in the database stops itself and nothing else.</summary>
public sealed class UnreadableItemTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    [Fact]
    public async Task An_alarm_that_cannot_be_read_leaves_the_server_and_the_other_alarms_at_work()
    {
        await PutAlarmAsync("a-broken");
        await PutAlarmAsync("b-sound");
        await RunAsync(
            """
            UPDATE documents SET tree = json_remove(tree, '$.EvaluationPeriods', '$.Threshold', '$.Statistic')
            WHERE kind = 'cloudwatch/alarm' AND key = 'a-broken'
            """
        );
        await cloud.RestartAsync();

        await PutMetricAsync("b-sound", 1);
        await StateAsync("b-sound", "ALARM");
        await cloud.MoveClockAsync(TimeSpan.FromMinutes(10));
        await PutMetricAsync("b-sound", 0);

        await StateAsync("b-sound", "OK");
    }

    [Fact]
    public async Task A_rule_and_a_delivery_that_cannot_be_read_leave_the_others_on_their_way()
    {
        await cloud.TellingRuleAsync("a-rule", new { EventPattern = """{"source":["unreadable"]}""" });
        await cloud.TellingRuleAsync("a-schedule", new { ScheduleExpression = "rate(1 minute)" });
        await cloud.TellingRuleAsync("b-rule", new { EventPattern = """{"source":["unreadable"]}""" });
        await RunAsync(
            """
            UPDATE documents SET tree = json_set(tree, '$.EventPattern', '{"source":[{"unknown":1}]}')
            WHERE kind = 'events/rule' AND key = 'a-rule'
            """
        );
        await RunAsync(
            """
            UPDATE documents SET tree = json_set(tree, '$.ScheduleExpression', 'sometimes')
            WHERE kind = 'events/rule' AND key = 'a-schedule'
            """
        );
        await RunAsync("INSERT INTO event_deliveries (rule, target, event, accepted) VALUES ('b-rule', '{', '{}', 0)");
        await cloud.RestartAsync();

        await cloud.CallAsync(
            "events",
            "PutEvents",
            new
            {
                Entries = new[]
                {
                    new
                    {
                        Source = "unreadable",
                        DetailType = "d",
                        Detail = "{}",
                    },
                },
            }
        );

        (await cloud.MessagesAsync("b-rule", 1)).Count.ShouldBe(1);
        await Eventually.Async(() => Task.FromResult(CountOf("event_deliveries")), count => count == 0);
    }

    private Task RunAsync(string statement) =>
        cloud.Host.Services.GetRequiredService<Database>().WriteAsync(connection => connection.Run(statement));

    private long CountOf(string table) =>
        cloud
            .Host.Services.GetRequiredService<Database>()
            .Read(connection =>
            {
                using var command = connection.CreateCommand();
                command.CommandText = $"SELECT COUNT(*) FROM {table}";
                return (long)command.ExecuteScalar()!;
            });

    private Task PutAlarmAsync(string name) =>
        cloud.CallAsync(
            "monitoring",
            "PutMetricAlarm",
            new
            {
                AlarmName = name,
                MetricName = name,
                Namespace = "unreadable",
                Period = 60,
                EvaluationPeriods = 1,
                Statistic = "Maximum",
                Threshold = 0.5,
                ComparisonOperator = "GreaterThanThreshold",
                TreatMissingData = "ignore",
            }
        );

    private Task PutMetricAsync(string name, double value) =>
        cloud.CallAsync(
            "monitoring",
            "PutMetricData",
            new { Namespace = "unreadable", MetricData = new[] { new { MetricName = name, Value = value } } }
        );

    private Task<JsonObject> StateAsync(string name, string state) =>
        Eventually.Async(
            async () =>
                (await cloud.CallAsync("monitoring", "DescribeAlarms", new { AlarmNames = new[] { name } }))
                    .Objects("MetricAlarms")
                    .Single(),
            alarm => alarm.Text("StateValue") == state
        );
}
