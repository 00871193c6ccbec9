using System.Text.Json.Nodes;
using Plumbline.Aws.Views.Events;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.Events.Rules;

namespace Plumbline.LocalCloud.Services.Events.Targets;

/// <summary>The targets of rules.</summary>
internal sealed class TargetApi(RuleStore rules)
{
    private const int MostTargets = 5;

    public async Task<JsonObject> PutTargets(AwsCall call)
    {
        var request = new PutTargetsRequest(call.Input);
        EventBus.Require(request.EventBusName);
        var given = request.Targets.ToList();
        given.ForEach(TargetRules.Check);
        await rules.ChangeAsync(
            request.Rule,
            rule =>
            {
                var kept = rule.Targets.Where(target => !given.Exists(other => target.Id == other.Id));
                var all = kept.Concat(given).Select(target => target.Tree).ToList();
                rule.State.Targets = all.Count <= MostTargets ? all : throw EventsErrors.TooMany();
            }
        );
        return NoFailures();
    }

    public async Task<JsonObject> RemoveTargets(AwsCall call)
    {
        var request = new RemoveTargetsRequest(call.Input);
        EventBus.Require(request.EventBusName);
        var ids = request.Ids.ToHashSet();
        await rules.ChangeAsync(
            request.Rule,
            rule =>
                rule.State.Targets = [
                    .. rule.Targets.Where(target => !ids.Contains(target.Id)).Select(target => target.Tree),
                ]
        );
        return NoFailures();
    }

    public Task<JsonObject> ListTargetsByRule(AwsCall call)
    {
        var request = new ListTargetsByRuleRequest(call.Input);
        EventBus.Require(request.EventBusName);
        var targets = rules.Get(request.Rule).State.Targets;
        return Task.FromResult(EventsPage.Of(request.NextToken, request.Limit, "Targets", targets));
    }

    public Task<JsonObject> ListRuleNamesByTarget(AwsCall call)
    {
        var request = new ListRuleNamesByTargetRequest(call.Input);
        EventBus.Require(request.EventBusName);
        var arn = request.TargetArn;
        var names = rules
            .List()
            .Where(rule => rule.Targets.Any(target => target.Arn == arn))
            .Select(rule => JsonValue.Create(rule.Name));
        return Task.FromResult(EventsPage.Of(request.NextToken, request.Limit, "RuleNames", names));
    }

    private static JsonObject NoFailures() => new() { ["FailedEntryCount"] = 0, ["FailedEntries"] = new JsonArray() };
}
