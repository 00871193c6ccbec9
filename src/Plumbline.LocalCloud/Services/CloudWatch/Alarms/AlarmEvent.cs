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

        var queries = alarm.Objects("Metrics").ToList();
        configuration["metrics"] = new JsonArray([
            .. queries.Count == 0
                ? [Described("m1", settings.Metric, settings.Statistic.Name, settings, isReturned: true)]
                : queries.Select(query => Described(query, settings)),
        ]);
        return configuration;
    }

    private static JsonObject Described(JsonObject query, AlarmSettings settings)
    {
        var (id, isReturned) = (query.Text("Id") ?? "m1", query.Bool("ReturnData") ?? true);
        if (query.Object("MetricStat") is { } stat)
        {
            var metric = stat.Object("Metric")!;
            return Described(
                id,
                Metric.Of(metric.Text("Namespace")!, metric),
                stat.Text("Stat")!,
                settings,
                isReturned
            );
        }

        return new JsonObject
        {
            ["id"] = id,
            ["expression"] = query.Text("Expression"),
            ["label"] = query.Text("Label"),
            ["returnData"] = isReturned,
        };
    }

    private static JsonObject Described(
        string id,
        Metric metric,
        string statistic,
        AlarmSettings settings,
        bool isReturned
    ) =>
        new()
        {
            ["id"] = id,
            ["metricStat"] = new JsonObject
            {
                ["metric"] = Describe(metric),
                ["period"] = settings.Period,
                ["stat"] = statistic,
            },
            ["returnData"] = isReturned,
        };

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
