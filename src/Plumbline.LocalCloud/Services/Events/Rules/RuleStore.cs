using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.Events.Rules;

/// <summary>The rules by name.</summary>
internal sealed class RuleStore(Database database, CivilClock clock)
{
    private static readonly Documents<EventRuleState> Rules = new("events/rule");

    /// <summary>Raised after a rule was created, changed or removed.</summary>
    public event Action<string>? Changed;

    public static string ArnOf(string name) => LocalArn.Of("events", $"rule/{name}");

    /// <summary>Creates the rule, or replaces all of it except its targets and tags.</summary>
    public async Task PutAsync(string name, JsonObject configuration, OrderedDictionary<string, string> tags)
    {
        await database.WriteAsync(connection =>
        {
            var now = clock.GetUtcNow();
            var known = Find(connection, name);
            var rule = new EventRule(new(configuration), known?.State ?? new EventRuleState { Tags = tags });
            KeepSchedule(known?.RunningSchedule, rule, now);
            if (!Rules.TryReplace(connection, name, configuration, rule.State, now))
            {
                Rules.TryAdd(connection, name, configuration, rule.State, now);
            }
        });
        Changed?.Invoke(name);
    }

    /// <exception cref="Aws.Errors.AwsException">The rule does not exist.</exception>
    public async Task ChangeAsync(string name, Action<EventRule> change)
    {
        await database.WriteAsync(connection =>
        {
            var rule = Find(connection, name) ?? throw EventsErrors.NoRule(name);
            var running = rule.RunningSchedule;
            change(rule);
            var now = clock.GetUtcNow();
            KeepSchedule(running, rule, now);
            Rules.TryReplace(connection, name, rule.Described.Tree, rule.State, now);
        });
        Changed?.Invoke(name);
    }

    /// <summary>Removes a rule that has no targets; does nothing if the rule does not exist.</summary>
    public async Task RemoveAsync(string name)
    {
        await database.WriteAsync(connection =>
        {
            if (Find(connection, name)?.State.Targets.Count > 0)
            {
                throw EventsErrors.Validation("Rule can't be deleted since it has targets.");
            }

            Rules.TryRemove(connection, name);
        });
        Changed?.Invoke(name);
    }

    /// <summary>
    /// Records that a schedule fires, in the write that delivers it; null if the rule may not fire any more.
    /// </summary>
    public EventRule? Fire(SqliteConnection connection, string name, string expression)
    {
        var rule = Find(connection, name);
        if (rule is null || rule.RunningSchedule != expression)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        rule.State.LastFired = now;
        Rules.TryReplace(connection, name, rule.Described.Tree, rule.State, now);
        return rule;
    }

    public EventRule? Find(string name) => database.Read(connection => Find(connection, name));

    /// <exception cref="Aws.Errors.AwsException">The rule does not exist.</exception>
    public EventRule Get(string name) => Find(name) ?? throw EventsErrors.NoRule(name);

    /// <summary>All rules in the order of their names.</summary>
    public IEnumerable<EventRule> List() =>
        database
            .Read(connection => Rules.List(connection))
            .OrderBy(rule => rule.Key, StringComparer.Ordinal)
            .Select(Read);

    private static EventRule? Find(SqliteConnection connection, string name) =>
        Rules.Find(connection, name) is { } document ? Read(document) : null;

    private static EventRule Read(Document<EventRuleState> document) => new(new(document.Tree), document.State);

    /// <summary>A rate continues to count unless it was changed or its rule was disabled meanwhile.</summary>
    private static void KeepSchedule(string? running, EventRule rule, DateTimeOffset now)
    {
        var expression = rule.Described.ScheduleExpression;
        if (expression is null || expression != running)
        {
            rule.State.ScheduleStart = expression is null ? null : now;
            rule.State.LastFired = null;
        }
    }
}
