using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.CloudWatch;

/// <summary>
/// Sends SIGKILL between a measurement and the notifications about it. The local cloud dies right after the first
/// following commit, then after the second, and so on until all notifications are sent. After each kill, another
/// process continues from the disk.
/// </summary>
[Collection("processes")]
[Trait(Nightly.Part, "kills")]
public sealed class AlarmCrashTests : IAsyncLifetime
{
    private const int MostCommits = 40;
    private const string Dead = "dead";

    private readonly TemporaryFolder root = new();
    private ChildCloud cloud = null!;

    private string DataFolder => root.At("data");

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(DataFolder);
        cloud = await ChildCloud.WithFuseAsync(DataFolder);
    }

    public Task DisposeAsync()
    {
        cloud.Dispose();
        root.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Killed_at_any_commit_an_alarm_goes_off_once_and_tells_its_topic_and_its_rule_once()
    {
        var step = Nightly.Or(2, 1);
        var commits = 1;
        while (await GoesOffKilledAsync(commits))
        {
            (commits += step).ShouldBeLessThan(MostCommits);
        }

        commits.ShouldBeGreaterThan(4, "it should have been killed in the middle");
    }

    /// <summary>
    /// Makes an alarm go off on a cloud that dies after this many commits; false if the cloud survived.
    /// </summary>
    private async Task<bool> GoesOffKilledAsync(int commits)
    {
        var name = $"a{commits}";
        await SetUpAsync(name);
        await cloud.LightAsync(commits);
        var taken = await TryPutAsync(name);
        var died =
            !taken
            || await Eventually.Async(() => EndAsync(name), end => end is not null) == Dead
            || !await cloud.PutOutAsync();
        if (died)
        {
            await cloud.DeathAsync();
            cloud.Dispose();
            cloud = await ChildCloud.WithFuseAsync(DataFolder);
            (taken || await TryPutAsync(name)).ShouldBeTrue();
        }

        await CheckAsync(name, commits);
        return died;
    }

    /// <summary>The result: the cloud died, or all notifications were sent; null if neither has happened yet.</summary>
    private async Task<string?> EndAsync(string name)
    {
        try
        {
            return (await ToldAsync(name)).Count == 2 ? "told" : null;
        }
        catch (AwsException exception) when (exception.Code == "ConnectionError")
        {
            return Dead;
        }
    }

    private async Task CheckAsync(string name, int commits)
    {
        var told = await Eventually.Async(() => ToldAsync(name), messages => messages.Count >= 2);
        told.ShouldBe([$"{name}-alarm", $"{name}-rule"], ignoreOrder: true, $"after commit {commits}");
        var history = await CallAsync(
            new CloudWatchClient(cloud.Connection).CallAsync,
            "DescribeAlarmHistory",
            new { AlarmName = name, HistoryItemType = "StateUpdate" }
        );
        history.Objects("AlarmHistoryItems").Count().ShouldBe(1, $"after commit {commits}");
    }

    private async Task SetUpAsync(string name)
    {
        var sns = new SnsClient(cloud.Connection);
        var events = new EventsClient(cloud.Connection);
        var alarmTopic = await CallAsync(sns.CallAsync, "CreateTopic", new { Name = $"{name}-alarm" });
        var ruleTopic = await CallAsync(sns.CallAsync, "CreateTopic", new { Name = $"{name}-rule" });
        await CallAsync(events.CallAsync, "PutRule", new { Name = name, EventPattern = Pattern(name) });
        await CallAsync(
            events.CallAsync,
            "PutTargets",
            new { Rule = name, Targets = new[] { new { Id = "t", Arn = ruleTopic.Text("TopicArn") } } }
        );
        await CallAsync(
            new CloudWatchClient(cloud.Connection).CallAsync,
            "PutMetricAlarm",
            new
            {
                AlarmName = name,
                Namespace = "Crash",
                MetricName = name,
                Statistic = "Average",
                Period = 300,
                EvaluationPeriods = 1,
                Threshold = 0.9,
                ComparisonOperator = "LessThanThreshold",
                TreatMissingData = "ignore",
                AlarmActions = new[] { alarmTopic.Text("TopicArn") },
            }
        );
    }

    private static string Pattern(string alarm) =>
        new JsonObject
        {
            ["source"] = new JsonArray("aws.cloudwatch"),
            ["detail"] = new JsonObject
            {
                ["alarmName"] = new JsonArray(alarm),
                ["state"] = new JsonObject { ["value"] = new JsonArray("ALARM") },
            },
        }.ToJsonString();

    /// <summary>Publishes the low value; false if the cloud died instead of answering.</summary>
    private async Task<bool> TryPutAsync(string name)
    {
        var input = new { Namespace = "Crash", MetricData = new[] { new { MetricName = name, Value = 0.1 } } };
        try
        {
            await CallAsync(new CloudWatchClient(cloud.Connection).CallAsync, "PutMetricData", input);
            return true;
        }
        catch (AwsException exception) when (exception.Code == "ConnectionError")
        {
            return false;
        }
    }

    /// <summary>
    /// The topics that got a message, counted by message id: after a crash a line may be logged twice, but the message
    /// is sent once.
    /// </summary>
    private async Task<List<string>> ToldAsync(string name)
    {
        var told = new List<string>();
        foreach (var topic in new[] { $"{name}-alarm", $"{name}-rule" })
        {
            var lines = await LinesAsync($"sns/us-east-1/000000000000/{topic}");
            var messages = lines
                .Select(line => JsonNode.Parse(line)!["notification"]!["messageId"]!.ToString())
                .Distinct();
            told.AddRange(messages.Select(_ => topic));
        }

        return told;
    }

    private async Task<IEnumerable<string>> LinesAsync(string group)
    {
        try
        {
            var found = await CallAsync(
                new LogsClient(cloud.Connection).CallAsync,
                "FilterLogEvents",
                new { logGroupName = group }
            );
            return found.Objects("events").Select(line => line.Text("message")!).ToList();
        }
        catch (AwsException missing) when (missing.Code == "ResourceNotFoundException")
        {
            return [];
        }
    }

    private static Task<JsonObject> CallAsync(
        Func<string, JsonObject?, CancellationToken, Task<JsonObject>> client,
        string operation,
        object input
    ) => client(operation, JsonSerializer.SerializeToNode(input)!.AsObject(), CancellationToken.None);
}
