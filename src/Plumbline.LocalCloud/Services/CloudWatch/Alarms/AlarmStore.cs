using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.CloudWatch;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.CloudWatch.Alarms;

/// <summary>
/// The alarms by name, as DescribeAlarms returns them, and their tags. A change of state, its line in the history, its
/// event and its actions are one write.
/// </summary>
internal sealed class AlarmStore(
    Database database,
    CivilClock clock,
    EventOutbox events,
    AlarmHistoryStore history,
    AlarmActionStore actions
)
{
    private static readonly Documents<TagState> Alarms = new("cloudwatch/alarm");
    private static readonly string[] State =
    [
        "StateValue",
        "StateReason",
        "StateReasonData",
        "StateUpdatedTimestamp",
        "StateTransitionedTimestamp",
    ];

    /// <summary>Raised after an alarm was created or reconfigured.</summary>
    public event Action<string>? Configured;

    /// <summary>Raised after an alarm changed its state: actions may be waiting.</summary>
    public event Action? Transitioned;

    public static string ArnOf(string name) => LocalArn.Of("cloudwatch", $"alarm:{name}");

    /// <summary>Creates the alarm, or replaces its whole configuration and keeps its state.</summary>
    public async Task PutAsync(string name, JsonObject configuration, OrderedDictionary<string, string> tags)
    {
        await database.WriteAsync(connection =>
        {
            var now = clock.GetUtcNow();
            var known = Alarms.Find(connection, name);
            var alarm = configuration.DeepClone().AsObject();
            alarm["AlarmArn"] = ArnOf(name);
            alarm["AlarmConfigurationUpdatedTimestamp"] = Tree.Of(now);
            if (known is null)
            {
                alarm["StateValue"] = StateValue.InsufficientData;
                alarm["StateReason"] = AlarmReason.Initial;
                alarm["StateUpdatedTimestamp"] = Tree.Of(now);
                alarm["StateTransitionedTimestamp"] = Tree.Of(now);
                Alarms.TryAdd(connection, name, alarm, new TagState { Tags = tags }, now);
            }
            else
            {
                foreach (var member in State.Where(known.Tree.ContainsKey))
                {
                    alarm[member] = known.Tree[member]!.DeepClone();
                }

                Alarms.TryReplace(connection, name, alarm, known.State, now);
            }

            history.Configured(connection, name, known is null ? "created" : "updated", alarm);
        });
        Configured?.Invoke(name);
    }

    public Task RemoveAsync(IEnumerable<string> names) =>
        database.WriteAsync(connection =>
        {
            foreach (var name in names)
            {
                if (Alarms.Find(connection, name) is { } alarm && Alarms.TryRemove(connection, name))
                {
                    history.Configured(connection, name, "deleted", alarm.Tree);
                }
            }
        });

    /// <exception cref="Aws.Errors.AwsException">The alarm does not exist.</exception>
    public Task ChangeAsync(string name, Action<Document<TagState>> change) =>
        database.WriteAsync(connection =>
        {
            var alarm = Alarms.Find(connection, name) ?? throw CloudWatchErrors.NoAlarm();
            change(alarm);
            Alarms.TryReplace(connection, name, alarm.Tree, alarm.State, clock.GetUtcNow());
        });

    /// <summary>Puts an alarm into a state.</summary>
    /// <param name="name">The name of the alarm.</param>
    /// <param name="state">The state.</param>
    /// <param name="reason">The reason, in words.</param>
    /// <param name="reasonData">The reason's data as JSON, or null.</param>
    /// <param name="judged">
    /// The alarm as it was judged: nothing is done if it has changed since. Null skips this check.
    /// </param>
    /// <returns>True if the state is a different one now.</returns>
    /// <exception cref="Aws.Errors.AwsException">The alarm does not exist.</exception>
    public async Task<bool> SetStateAsync(
        string name,
        string state,
        string reason,
        string? reasonData,
        MetricAlarm? judged = null
    )
    {
        var transitioned = await database.WriteAsync(connection =>
        {
            var alarm = Alarms.Find(connection, name);
            if (judged is not null && !JsonNode.DeepEquals(alarm?.Tree, judged.Tree))
            {
                return false;
            }

            return SetState(
                connection,
                alarm ?? throw CloudWatchErrors.NoAlarm(),
                new AlarmTransition(state, reason, reasonData, clock.GetUtcNow())
            );
        });
        if (transitioned)
        {
            Transitioned?.Invoke();
        }

        return transitioned;
    }

    public MetricAlarm? Find(string name) =>
        database.Read(connection => Alarms.Find(connection, name)) is { } alarm ? new MetricAlarm(alarm.Tree) : null;

    /// <summary>The tags of an alarm; null if it does not exist.</summary>
    public OrderedDictionary<string, string>? Tags(string name) =>
        database.Read(connection => Alarms.Find(connection, name))?.State.Tags;

    /// <summary>All alarms in the order of their names.</summary>
    public IEnumerable<MetricAlarm> List() =>
        database
            .Read(connection => Alarms.List(connection))
            .OrderBy(alarm => alarm.Key, StringComparer.Ordinal)
            .Select(alarm => new MetricAlarm(alarm.Tree));

    private bool SetState(SqliteConnection connection, Document<TagState> document, AlarmTransition transition)
    {
        var (name, tree) = (document.Key, document.Tree);
        var before = new MetricAlarm(tree.DeepClone().AsObject());
        tree["StateValue"] = transition.State;
        tree["StateReason"] = transition.Reason;
        tree["StateUpdatedTimestamp"] = Tree.Of(transition.Time);
        tree.Remove("StateReasonData");
        if (transition.ReasonData is not null)
        {
            tree["StateReasonData"] = transition.ReasonData;
        }

        var transitioned = before.StateValue != transition.State;
        if (transitioned)
        {
            var detail = AlarmEvent.Detail(before, transition);
            tree["StateTransitionedTimestamp"] = Tree.Of(transition.Time);
            history.Transitioned(connection, name, before, transition);
            events.Add(connection, "aws.cloudwatch", "CloudWatch Alarm State Change", detail, ArnOf(name));
            actions.Add(connection, new MetricAlarm(tree), before, transition);
        }

        Alarms.TryReplace(connection, name, tree, document.State, transition.Time);
        return transitioned;
    }
}

/// <summary>A change of an alarm's state.</summary>
internal sealed record AlarmTransition(string State, string Reason, string? ReasonData, DateTimeOffset Time);
