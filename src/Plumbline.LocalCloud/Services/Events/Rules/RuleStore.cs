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
    private const string Targets = "Targets";

    private static readonly Documents Rules = new("events/rule");

    /// <summary>Raised after a rule was created, changed or removed.</summary>
    public event Action<string>? Changed;

    public static string ArnOf(string name) => LocalArn.Of("events", $"rule/{name}");

    /// <summary>Creates the rule, or replaces all of it except its targets and tags.</summary>
    public async Task PutAsync(string name, JsonObject configuration, JsonObject tags)
    {
        await database.WriteAsync(connection =>
        {
            var now = clock.GetUtcNow();
            var rule = new DescribeRuleResponse(configuration.DeepClone().AsObject());
            var known = Find(connection, name);
            rule.Tree["Tags"] = (known?.Tree["Tags"] ?? tags).DeepClone();
            rule.Tree[Targets] = known?.Tree[Targets]?.DeepClone() ?? new JsonArray();
            KeepSchedule(known, rule, now);
            if (!Rules.TryReplace(connection, name, rule.Tree, now))
            {
                Rules.TryAdd(connection, name, rule.Tree, now);
            }
        });
        Changed?.Invoke(name);
    }

    /// <exception cref="Aws.Errors.AwsException">The rule does not exist.</exception>
    public async Task ChangeAsync(string name, Action<DescribeRuleResponse> change)
    {
        await database.WriteAsync(connection =>
        {
            var known = Find(connection, name) ?? throw EventsErrors.NoRule(name);
            var rule = new DescribeRuleResponse(known.Tree.DeepClone().AsObject());
            change(rule);
            var now = clock.GetUtcNow();
            KeepSchedule(known, rule, now);
            Rules.TryReplace(connection, name, rule.Tree, now);
        });
        Changed?.Invoke(name);
    }

    /// <summary>Removes a rule that has no targets; does nothing if the rule does not exist.</summary>
    public async Task RemoveAsync(string name)
    {
        await database.WriteAsync(connection =>
        {
            if (Find(connection, name) is { } rule && TargetsOf(rule).Any())
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
    public DescribeRuleResponse? Fire(SqliteConnection connection, string name, string expression)
    {
        var rule = Find(connection, name);
        if (rule is null || !IsEnabled(rule) || rule.ScheduleExpression != expression)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        rule.Tree["LastFired"] = Tree.Of(now);
        Rules.TryReplace(connection, name, rule.Tree, now);
        return rule;
    }

    public DescribeRuleResponse? Find(string name) => database.Read(connection => Find(connection, name));

    /// <exception cref="Aws.Errors.AwsException">The rule does not exist.</exception>
    public DescribeRuleResponse Get(string name) => Find(name) ?? throw EventsErrors.NoRule(name);

    /// <summary>All rules in the order of their names.</summary>
    public IEnumerable<DescribeRuleResponse> List() =>
        database
            .Read(connection => Rules.List(connection))
            .OrderBy(rule => rule.Key, StringComparer.Ordinal)
            .Select(rule => new DescribeRuleResponse(rule.Tree));

    public static bool IsEnabled(DescribeRuleResponse rule) => rule.State != RuleState.Disabled;

    public static IEnumerable<Target> TargetsOf(DescribeRuleResponse rule) =>
        rule.Tree.Objects(Targets).Select(target => new Target(target));

    /// <summary>Replaces the rule's targets by copies.</summary>
    public static void SetTargets(DescribeRuleResponse rule, IEnumerable<Target> targets) =>
        rule.Tree[Targets] = new JsonArray([.. targets.Select(target => target.Tree.DeepClone())]);

    private static DescribeRuleResponse? Find(SqliteConnection connection, string name) =>
        Rules.Find(connection, name) is { } document ? new DescribeRuleResponse(document.Tree) : null;

    /// <summary>A rate continues to count unless it was changed or its rule was disabled meanwhile.</summary>
    private static void KeepSchedule(DescribeRuleResponse? known, DescribeRuleResponse rule, DateTimeOffset now)
    {
        if (rule.ScheduleExpression is not { } expression)
        {
            return;
        }

        var goesOn = known is not null && IsEnabled(known) && known.ScheduleExpression == expression;
        rule.Tree["ScheduleStart"] = goesOn ? known!.Tree["ScheduleStart"]!.DeepClone() : Tree.Of(now);
        rule.Tree.Remove("LastFired");
        if (goesOn && known!.Tree["LastFired"] is { } fired)
        {
            rule.Tree["LastFired"] = fired.DeepClone();
        }
    }
}
