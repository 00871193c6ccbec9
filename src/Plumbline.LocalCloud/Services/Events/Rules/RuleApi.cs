using System.Text.Json.Nodes;
using Plumbline.Aws.Events;
using Plumbline.Aws.Views.Events;
using Plumbline.LocalCloud.Gateway;

namespace Plumbline.LocalCloud.Services.Events.Rules;

/// <summary>Rules by pattern and by schedule.</summary>
internal sealed class RuleApi(RuleStore rules)
{
    public async Task<JsonObject> PutRule(AwsCall call)
    {
        var request = new PutRuleRequest(call.Input);
        EventBus.Require(request.EventBusName);
        var (pattern, schedule) = (request.EventPattern, request.ScheduleExpression);
        if (pattern is not { Length: > 0 } && schedule is not { Length: > 0 })
        {
            throw EventsErrors.Validation("Parameter(s) EventPattern or ScheduleExpression must be specified.");
        }

        if (pattern is { Length: > 0 })
        {
            EventPattern.Parse(pattern);
        }

        if (schedule is { Length: > 0 })
        {
            CheckSchedule(schedule);
        }

        var arn = RuleStore.ArnOf(request.Name);
        var rule = request.Tree.DeepClone().AsObject();
        rule.Remove("Tags");
        rule["Arn"] = arn;
        rule["EventBusName"] = EventBus.Name;
        rule["State"] ??= RuleState.Enabled;
        await rules.PutAsync(request.Name, rule, RuleTagApi.TagsOf(request.Tags));
        return new JsonObject { ["RuleArn"] = arn };
    }

    public Task<JsonObject> DescribeRule(AwsCall call)
    {
        var request = new DescribeRuleRequest(call.Input);
        EventBus.Require(request.EventBusName);
        var described = rules.Get(request.Name).Described.Tree;
        described["CreatedBy"] = LocalCloudIdentity.Account;
        return Task.FromResult(described);
    }

    public Task<JsonObject> ListRules(AwsCall call)
    {
        var request = new ListRulesRequest(call.Input);
        EventBus.Require(request.EventBusName);
        var prefix = request.NamePrefix ?? "";
        var found = rules
            .List()
            .Where(rule => rule.Name.StartsWith(prefix, StringComparison.Ordinal))
            .Select(rule => rule.Described.Tree);
        return Task.FromResult(EventsPage.Of(request.NextToken, request.Limit, "Rules", found));
    }

    public async Task<JsonObject> DeleteRule(AwsCall call)
    {
        var request = new DeleteRuleRequest(call.Input);
        EventBus.Require(request.EventBusName);
        await rules.RemoveAsync(request.Name);
        return [];
    }

    public Task<JsonObject> EnableRule(AwsCall call)
    {
        var request = new EnableRuleRequest(call.Input);
        return SetStateAsync(request.Name, request.EventBusName, RuleState.Enabled);
    }

    public Task<JsonObject> DisableRule(AwsCall call)
    {
        var request = new DisableRuleRequest(call.Input);
        return SetStateAsync(request.Name, request.EventBusName, RuleState.Disabled);
    }

    private static void CheckSchedule(string expression)
    {
        try
        {
            // Only EventBridge Scheduler, which is another service, supports at(...).
            if (ScheduleExpression.Parse(expression) is not ScheduleExpression.At)
            {
                return;
            }
        }
        catch (FormatException)
        {
            // Refused below, in AWS's words.
        }

        throw EventsErrors.Validation("Parameter ScheduleExpression is not valid.");
    }

    private async Task<JsonObject> SetStateAsync(string name, string? bus, string state)
    {
        EventBus.Require(bus);
        await rules.ChangeAsync(name, rule => rule.Described.Tree["State"] = state);
        return [];
    }
}
