using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.Events.Rules;

namespace Plumbline.LocalCloud.Services.Events.Targets;

/// <summary>The targets of rules.</summary>
internal sealed class TargetApi(RuleStore rules)
{
    private const int MostTargets = 5;

    public async Task<JsonObject> PutTargets(AwsCall call)
    {
        EventBus.Require(call.Input);
        var given = call.Input.Objects("Targets").ToList();
        given.ForEach(TargetRules.Check);
        await rules.ChangeAsync(
            call.Input.Text("Rule")!,
            rule =>
            {
                var targets = rule.Objects("Targets").Where(target => !given.Exists(other => IsSame(target, other)));
                var all = targets.Concat(given).Select(target => target.DeepClone()).ToArray();
                rule["Targets"] = all.Length <= MostTargets ? new JsonArray(all) : throw EventsErrors.TooMany();
            }
        );
        return NoFailures();
    }

    public async Task<JsonObject> RemoveTargets(AwsCall call)
    {
        EventBus.Require(call.Input);
        var ids = call.Input.Texts("Ids").ToHashSet();
        await rules.ChangeAsync(
            call.Input.Text("Rule")!,
            rule =>
                rule["Targets"] = new JsonArray([
                    .. rule.Objects("Targets")
                        .Where(target => !ids.Contains(target.Text("Id")!))
                        .Select(target => target.DeepClone()),
                ])
        );
        return NoFailures();
    }

    public Task<JsonObject> ListTargetsByRule(AwsCall call)
    {
        EventBus.Require(call.Input);
        var targets = rules.Get(call.Input.Text("Rule")!).Objects("Targets").Select(target => target.DeepClone());
        return Task.FromResult(EventsPage.Of(call.Input, "Targets", targets));
    }

    public Task<JsonObject> ListRuleNamesByTarget(AwsCall call)
    {
        EventBus.Require(call.Input);
        var arn = call.Input.Text("TargetArn");
        var names = rules
            .List()
            .Where(rule => rule.Objects("Targets").Any(target => target.Text("Arn") == arn))
            .Select(rule => rule["Name"]!.DeepClone());
        return Task.FromResult(EventsPage.Of(call.Input, "RuleNames", names));
    }

    private static bool IsSame(JsonObject one, JsonObject other) => one.Text("Id") == other.Text("Id");

    private static JsonObject NoFailures() => new() { ["FailedEntryCount"] = 0, ["FailedEntries"] = new JsonArray() };
}
