using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.Tests.Events;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests;

/// <summary>A database item that another version or a damaged disk made unreadable stops only itself.</summary>
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
        var health = await cloud.HealthAsync();
        health.Long("errors")!.Value.ShouldBeGreaterThan(0);
        health.Texts("newestErrors").ShouldContain(error => error.Contains("a-rule"));
        await Eventually.Async(() => Task.FromResult(CountOf("event_deliveries")), count => count == 0);
    }

    [Fact]
    public async Task An_event_as_deep_as_it_may_be_is_delivered_and_a_deeper_one_is_refused()
    {
        await cloud.TellingRuleAsync("deep", new { EventPattern = """{"source":["deep"]}""" });

        (await PutEventAsync("deep", Nested(JsonDepth.Texts))).Long("FailedEntryCount").ShouldBe(0);
        var refused = await PutEventAsync("deep", Nested(JsonDepth.Texts + 1));
        await PutEventAsync("deep", """{"after":1}""");

        refused.Objects("Entries").Single().Text("ErrorCode").ShouldBe("MalformedDetail");
        var messages = await cloud.MessagesAsync("deep", 2);
        JsonDepth.ReadKept(messages[0])["detail"]!.ToJsonString().ShouldBe(Nested(JsonDepth.Texts));
        messages[1].ShouldContain("after");
    }

    [Fact]
    public async Task An_event_that_cannot_be_read_is_set_aside_with_its_reason_and_those_behind_it_arrive()
    {
        await cloud.TellingRuleAsync("behind", new { EventPattern = """{"source":["behind"]}""" });
        await RunAsync("INSERT INTO event_outbox (event) VALUES ('{\"half\":')");
        await cloud.RestartAsync();

        await PutEventAsync("behind", """{"a":1}""");

        (await cloud.MessagesAsync("behind", 1)).Count.ShouldBe(1);
        CountOf("event_outbox").ShouldBe(0);
        var health = await cloud.HealthAsync();
        health
            .Objects("items")
            .ShouldContain(item => item.Text("kind") == "event" && item.Text("reason")!.Contains("JSON"));
    }

    [Theory]
    [InlineData("tree")]
    [InlineData("state")]
    public async Task A_resource_that_cannot_be_read_is_named_and_left_out_of_lists(string column)
    {
        var broken = $"c-broken-{column}";
        await cloud.TopicAsync(broken);
        await cloud.TopicAsync("d-sound");
        await RunAsync($"UPDATE documents SET {column} = '{{' WHERE kind = 'sns/topic' AND key LIKE '%:{broken}'");

        var listed = (await cloud.CallAsync("sns", "ListTopics", new { })).Objects("Topics").ToList();

        listed.ShouldContain(topic => topic.Text("TopicArn")!.EndsWith("d-sound"));
        listed.ShouldNotContain(topic => topic.Text("TopicArn")!.EndsWith(broken));
        (await cloud.HealthAsync())
            .Objects("items")
            .ShouldContain(item => item.Text("kind") == "sns/topic" && item.Text("name")!.EndsWith(broken));
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("without a head")]
    [InlineData("with an empty branch")]
    public async Task A_repository_that_is_damaged_leaves_the_server_and_the_others_at_work(string damage)
    {
        var name = $"damaged-{Guid.NewGuid():N}";
        var made = await cloud.CallAsync("codecommit", "CreateRepository", new { repositoryName = name });
        await CommitAsync(name);
        var folder = Path.Combine(
            cloud.DataFolder,
            "repositories",
            $"{(string)made["repositoryMetadata"]!["repositoryId"]!}.git"
        );
        switch (damage)
        {
            case "missing":
                Directory.Delete(folder, recursive: true);
                break;
            case "without a head":
                await File.WriteAllTextAsync(Path.Combine(folder, "HEAD"), "");
                break;
            default:
                await File.WriteAllTextAsync(Path.Combine(folder, "refs/heads/main"), "");
                break;
        }

        await cloud.RestartAsync();

        var other = $"sound-{Guid.NewGuid():N}";
        await cloud.CallAsync("codecommit", "CreateRepository", new { repositoryName = other });
        await CommitAsync(other);
        (await cloud.CallAsync("codecommit", "ListBranches", new { repositoryName = other }))
            .Texts("branches")
            .ShouldBe(["main"]);
    }

    private Task<JsonObject> CommitAsync(string repository) =>
        cloud.CallAsync(
            "codecommit",
            "CreateCommit",
            new
            {
                repositoryName = repository,
                branchName = "main",
                putFiles = new[] { new { filePath = "a", fileContent = "YQ==" } },
            }
        );

    private Task<JsonObject> PutEventAsync(string source, string detail) =>
        cloud.CallAsync(
            "events",
            "PutEvents",
            new
            {
                Entries = new[]
                {
                    new
                    {
                        Source = source,
                        DetailType = "d",
                        Detail = detail,
                    },
                },
            }
        );

    private static string Nested(int depth) =>
        string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);

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
