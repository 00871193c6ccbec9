using Dapper;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Views.CloudWatch;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.CloudWatch.Alarms;

/// <summary>An action that an alarm still has to take.</summary>
/// <param name="Sequence">The position in the order of the changes of state.</param>
/// <param name="Alarm">The alarm's name.</param>
/// <param name="Action">The topic's ARN.</param>
/// <param name="DeduplicationId">The same for every attempt.</param>
/// <param name="Subject">The message's subject.</param>
/// <param name="Message">The message.</param>
internal sealed record AlarmAction(
    long Sequence,
    string Alarm,
    string Action,
    string DeduplicationId,
    string Subject,
    string Message
);

/// <summary>The actions that alarms still have to take.</summary>
internal sealed class AlarmActionStore(Database database, AlarmHistoryStore history)
{
    /// <summary>Adds the actions of a change of state to its write.</summary>
    public void Add(SqliteConnection connection, MetricAlarm alarm, MetricAlarm before, AlarmTransition transition)
    {
        if (alarm.ActionsEnabled == false)
        {
            return;
        }

        var name = alarm.AlarmName;
        var list = transition.State switch
        {
            StateValue.Ok => alarm.OKActions,
            StateValue.Alarm => alarm.AlarmActions,
            _ => alarm.InsufficientDataActions,
        };
        foreach (var action in list.Distinct())
        {
            connection.Execute(
                """
                INSERT INTO alarm_actions (alarm, action, deduplication_id, subject, message)
                VALUES (@name, @action, @id, @subject, @message)
                """,
                new
                {
                    name,
                    action,
                    id = Guid.NewGuid().ToString(),
                    subject = AlarmNotification.Subject(name, transition.State),
                    message = AlarmNotification.Message(alarm, before, transition),
                }
            );
        }
    }

    public IReadOnlyList<AlarmAction> Waiting() =>
        database.Read(connection =>
            connection
                .Query<AlarmAction>(
                    """
                    SELECT sequence, alarm, action, deduplication_id AS deduplicationId, subject, message
                    FROM alarm_actions ORDER BY sequence
                    """
                )
                .AsList()
        );

    /// <summary>Removes an action that was taken or failed for good, and adds it to the alarm's history.</summary>
    /// <param name="action">The action.</param>
    /// <param name="failure">The reason why it failed for good; null if it was taken.</param>
    public Task SetDoneAsync(AlarmAction action, string? failure) =>
        database.WriteAsync(connection =>
        {
            connection.Execute("DELETE FROM alarm_actions WHERE sequence = @Sequence", action);
            history.Acted(connection, action, failure);
        });
}
