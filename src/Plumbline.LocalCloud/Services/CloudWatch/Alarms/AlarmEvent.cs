using System.Text.Json.Nodes;
using Plumbline.Aws.Views.CloudWatch;

namespace Plumbline.LocalCloud.Services.CloudWatch.Alarms;

/// <summary>The detail of the event <c>CloudWatch Alarm State Change</c>.</summary>
internal static class AlarmEvent
{
    public static JsonObject Detail(MetricAlarm before, AlarmTransition transition) =>
        new()
        {
            ["alarmName"] = before.AlarmName,
            ["state"] = State(transition.State, transition.Reason, transition.ReasonData, transition.Time),
            ["previousState"] = State(
                before.StateValue,
                before.StateReason,
                before.StateReasonData,
                before.StateUpdatedTimestamp
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

    private static JsonObject Configuration(MetricAlarm alarm)
    {
        var settings = AlarmSettings.Of(alarm);
        var configuration = new JsonObject();
        if (alarm.AlarmDescription is { } description)
        {
            configuration["description"] = description;
        }

        var queries = alarm.Metrics.ToList();
        configuration["metrics"] = new JsonArray([
            .. queries.Count == 0
                ? [Described("m1", settings.Metric, settings.Statistic.Name, settings, isReturned: true)]
                : queries.Select(query => Described(query, settings)),
        ]);
        return configuration;
    }

    private static JsonObject Described(MetricDataQuery query, AlarmSettings settings)
    {
        var isReturned = AlarmMath.IsReturned(query);
        if (query.MetricStat is { } stat)
        {
            return Described(query.Id, AlarmMath.MetricOf(stat), stat.Stat, settings, isReturned);
        }

        return new JsonObject
        {
            ["id"] = query.Id,
            ["expression"] = query.Expression,
            ["label"] = query.Label,
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
