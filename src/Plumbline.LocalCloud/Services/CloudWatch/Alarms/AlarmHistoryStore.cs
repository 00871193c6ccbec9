using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Views.CloudWatch;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.CloudWatch.Alarms;

/// <summary>A line of an alarm's history; the time is Unix milliseconds.</summary>
internal sealed record RecordedAlarmEvent(
    long Sequence,
    string Alarm,
    long Timestamp,
    string Type,
    string Summary,
    string Data
);

internal sealed class AlarmHistoryStore(Database database, CivilClock clock)
{
    /// <param name="connection">The writer's connection.</param>
    /// <param name="alarm">The alarm's name.</param>
    /// <param name="what">created, updated or deleted.</param>
    /// <param name="configuration">The alarm.</param>
    public void Configured(SqliteConnection connection, string alarm, string what, JsonObject configuration)
    {
        var type = char.ToUpperInvariant(what[0]) + what[1..^1];
        var data = new JsonObject
        {
            ["version"] = "1.0",
            ["type"] = type,
            [$"{what}Alarm"] = configuration.DeepClone(),
        };
        Add(connection, alarm, HistoryItemType.ConfigurationUpdate, $"Alarm \"{alarm}\" {what}", data);
    }

    public void Transitioned(SqliteConnection connection, string alarm, MetricAlarm before, AlarmTransition transition)
    {
        var data = new JsonObject
        {
            ["version"] = "1.0",
            ["oldState"] = State(before.StateValue, before.StateReason, before.StateReasonData),
            ["newState"] = State(transition.State, transition.Reason, transition.ReasonData),
        };
        Add(
            connection,
            alarm,
            HistoryItemType.StateUpdate,
            $"Alarm updated from {before.StateValue} to {transition.State}",
            data
        );
    }

    public void Acted(SqliteConnection connection, AlarmAction action, string? failure)
    {
        var data = new JsonObject
        {
            ["actionState"] = failure is null ? "Succeeded" : "Failed",
            ["notificationResource"] = action.Action,
            ["publishedMessage"] = action.Message,
            ["error"] = failure,
        };
        var summary = failure is null
            ? $"Successfully executed action {action.Action}"
            : $"Failed to execute action {action.Action}. Received error: \"{failure}\"";
        Add(connection, action.Alarm, HistoryItemType.Action, summary, data);
    }

    /// <summary>Lists lines in order of time.</summary>
    /// <param name="query">The lines that are wanted.</param>
    /// <param name="limit">The maximum number of lines.</param>
    public IReadOnlyList<RecordedAlarmEvent> List(AlarmHistoryQuery query, int limit) =>
        database.Read(connection =>
            connection
                .Query<RecordedAlarmEvent>(
                    $"""
                    SELECT sequence, alarm, timestamp, type, summary, data FROM alarm_history
                    WHERE (@Alarm IS NULL OR alarm = @Alarm) AND (@Type IS NULL OR type = @Type)
                      AND timestamp BETWEEN @From AND @To
                    ORDER BY sequence {(query.Ascending ? "ASC" : "DESC")} LIMIT @limit OFFSET @Skip
                    """,
                    new
                    {
                        query.Alarm,
                        query.Type,
                        query.From,
                        query.To,
                        query.Skip,
                        limit,
                    }
                )
                .AsList()
        );

    private static JsonObject State(string? value, string? reason, string? reasonData)
    {
        var state = new JsonObject { ["stateValue"] = value, ["stateReason"] = reason };
        if (reasonData is not null)
        {
            state["stateReasonData"] = JsonNode.Parse(reasonData);
        }

        return state;
    }

    private void Add(SqliteConnection connection, string alarm, string type, string summary, JsonObject data) =>
        connection.Execute(
            """
            INSERT INTO alarm_history (alarm, timestamp, type, summary, data)
            VALUES (@alarm, @now, @type, @summary, @data)
            """,
            new
            {
                alarm,
                now = clock.GetUtcNow().ToUnixTimeMilliseconds(),
                type,
                summary,
                data = data.ToJsonString(),
            }
        );
}

/// <summary>The lines of the history that are wanted; times are Unix milliseconds, both included.</summary>
internal sealed record AlarmHistoryQuery(string? Alarm, string? Type, long From, long To, bool Ascending, long Skip);
