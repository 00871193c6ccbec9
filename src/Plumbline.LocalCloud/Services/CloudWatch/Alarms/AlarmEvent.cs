using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Services.CloudWatch.Metrics;

namespace Plumbline.LocalCloud.Services.CloudWatch.Alarms;

/// <summary>The detail of the event <c>CloudWatch Alarm State Change</c>.</summary>
internal static class AlarmEvent
{
    public static JsonObject Detail(JsonObject before, AlarmTransition transition) =>
        new()
        {
            ["alarmName"] = before.Text("AlarmName"),
            ["state"] = State(transition.State, transition.Reason, transition.ReasonData, transition.Time),
            ["previousState"] = State(
                before.Text("StateValue"),
                before.Text("StateReason"),
                before.Text("StateReasonData"),
                before.Time("StateUpdatedTimestamp")!.Value
            ),
            ["configuration"] = Configuration(before),
        };

    private static JsonObject State(string? value, string? reason, string? reasonData, DateTimeOffset time)
    {
        var state = new JsonObject { ["value"] = value, ["reason"] = reason };
        if (reasonData is not null)
        {
            state["reasonData"] = reasonData;
        }

        state["timestamp"] = AlarmReason.Time(time);
        return state;
    }

    private static JsonObject Configuration(JsonObject alarm)
    {
        var settings = AlarmSettings.Of(alarm);
        var configuration = new JsonObject();
        if (alarm.Text("AlarmDescription") is { } description)
        {
            configuration["description"] = description;
        }

        configuration["metrics"] = new JsonArray(
            new JsonObject
            {
                ["id"] = alarm.Objects("Metrics").FirstOrDefault()?.Text("Id") ?? "m1",
                ["metricStat"] = new JsonObject
                {
                    ["metric"] = Describe(settings.Metric),
                    ["period"] = settings.Period,
                    ["stat"] = settings.Statistic.Name,
                },
                ["returnData"] = true,
            }
        );
        return configuration;
    }

    private static JsonObject Describe(Metric metric) =>
        new()
        {
            ["namespace"] = metric.Namespace,
            ["name"] = metric.Name,
            ["dimensions"] = new JsonObject([
                .. metric.Pairs().Select(pair => KeyValuePair.Create(pair.Name, (JsonNode?)pair.Value)),
            ]),
        };
}
