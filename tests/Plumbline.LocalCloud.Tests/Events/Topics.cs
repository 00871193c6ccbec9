using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Events;

/// <summary>Topics of tests, whose messages can be read.</summary>
internal static class Topics
{
    public static async Task<string> TopicAsync(this RunningCloud cloud, string name) =>
        (await cloud.CallAsync("sns", "CreateTopic", new { Name = name })).Text("TopicArn")!;

    /// <summary>Waits for this many messages of a topic, and returns them oldest first.</summary>
    public static Task<List<string>> MessagesAsync(this RunningCloud cloud, string topic, int count) =>
        Eventually.Async(() => MessagesAsync(cloud, topic), messages => messages.Count >= count);

    public static async Task<List<string>> MessagesAsync(this RunningCloud cloud, string topic)
    {
        try
        {
            var lines = await cloud.CallAsync(
                "logs",
                "FilterLogEvents",
                new { logGroupName = $"sns/us-east-1/000000000000/{topic}" }
            );
            return
            [
                .. lines
                    .Objects("events")
                    .Select(line =>
                        JsonNode.Parse(line.Text("message")!)!["notification"]!.AsObject().Text("message")!
                    ),
            ];
        }
        catch (AwsException missing) when (missing.Code == "ResourceNotFoundException")
        {
            return [];
        }
    }

    /// <summary>Makes a rule whose target is a topic of the same name.</summary>
    public static async Task TellingRuleAsync(this RunningCloud cloud, string name, object rule, object? target = null)
    {
        var topic = await cloud.TopicAsync(name);
        var put = System.Text.Json.JsonSerializer.SerializeToNode(rule)!.AsObject();
        put["Name"] = name;
        await cloud.CallAsync("events", "PutRule", put);
        var telling = System.Text.Json.JsonSerializer.SerializeToNode(target ?? new { })!.AsObject();
        telling["Id"] = "topic";
        telling["Arn"] = topic;
        await cloud.CallAsync(
            "events",
            "PutTargets",
            new JsonObject { ["Rule"] = name, ["Targets"] = new JsonArray(telling) }
        );
    }
}
