using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.Events;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.Events.Rules;

/// <summary>
/// The rules by name, as DescribeRule returns them, with their <c>Targets</c> and <c>Tags</c> and, for a schedule, the
/// time when it started (<c>ScheduleStart</c>) and last fired (<c>LastFired</c>).
/// </summary>
internal sealed class RuleStore(Database database, CivilClock clock)
{
    private static readonly Documents Rules = new("events/rule");

    /// <summary>Raised after a rule was created, changed or removed.</summary>
    public event Action<string>? Changed;

    public static string ArnOf(string name) => LocalArn.Of("events", $"rule/{name}");

    /// <summary>Creates the rule, or replaces all of it except its targets and tags.</summary>
    public async Task PutAsync(JsonObject configuration, JsonObject tags)
    {
        var name = configuration.Text("Name")!;
        await database.WriteAsync(connection =>
        {
            var now = clock.GetUtcNow();
            var rule = configuration.DeepClone().AsObject();
            var known = Rules.Find(connection, name)?.Tree;
            rule["Tags"] = (known?["Tags"] ?? tags).DeepClone();
            rule["Targets"] = known?["Targets"]?.DeepClone() ?? new JsonArray();
            KeepSchedule(known, rule, now);
            if (!Rules.TryReplace(connection, name, rule, now))
            {
                Rules.TryAdd(connection, name, rule, now);
            }
        });
        Changed?.Invoke(name);
    }

    /// <exception cref="Aws.Errors.AwsException">The rule does not exist.</exception>
    public async Task ChangeAsync(string name, Action<JsonObject> change)
    {
        await database.WriteAsync(connection =>
        {
            var known = Rules.Find(connection, name)?.Tree ?? throw EventsErrors.NoRule(name);
            var rule = known.DeepClone().AsObject();
            change(rule);
            var now = clock.GetUtcNow();
            KeepSchedule(known, rule, now);
            Rules.TryReplace(connection, name, rule, now);
        });
        Changed?.Invoke(name);
    }

    /// <summary>Removes a rule that has no targets; does nothing if the rule does not exist.</summary>
    public async Task RemoveAsync(string name)
    {
        await database.WriteAsync(connection =>
        {
            if (Rules.Find(connection, name)?.Tree.Array("Targets") is { Count: > 0 })
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
    public JsonObject? Fire(SqliteConnection connection, string name, string expression)
    {
        var rule = Rules.Find(connection, name)?.Tree;
        if (rule is null || !IsEnabled(rule) || rule.Text("ScheduleExpression") != expression)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        rule["LastFired"] = Tree.Of(now);
        Rules.TryReplace(connection, name, rule, now);
        return rule;
    }

    public JsonObject? Find(string name) => database.Read(connection => Rules.Find(connection, name)?.Tree);

    /// <exception cref="Aws.Errors.AwsException">The rule does not exist.</exception>
    public JsonObject Get(string name) => Find(name) ?? throw EventsErrors.NoRule(name);

    /// <summary>All rules in the order of their names.</summary>
    public IEnumerable<JsonObject> List() =>
        database
            .Read(connection => Rules.List(connection))
            .OrderBy(rule => rule.Key, StringComparer.Ordinal)
            .Select(rule => rule.Tree);

    public static bool IsEnabled(JsonObject rule) => rule.Text("State") != RuleState.Disabled;

    /// <summary>A rate continues to count unless it was changed or its rule was disabled meanwhile.</summary>
    private static void KeepSchedule(JsonObject? known, JsonObject rule, DateTimeOffset now)
    {
        if (rule.Text("ScheduleExpression") is not { } expression)
        {
            return;
        }

        var goesOn = known is not null && IsEnabled(known) && known.Text("ScheduleExpression") == expression;
        rule["ScheduleStart"] = goesOn ? known!["ScheduleStart"]!.DeepClone() : Tree.Of(now);
        rule.Remove("LastFired");
        if (goesOn && known!["LastFired"] is { } fired)
        {
            rule["LastFired"] = fired.DeepClone();
        }
    }
}
