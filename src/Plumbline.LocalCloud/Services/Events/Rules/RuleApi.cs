using System.Text.Json.Nodes;
using Plumbline.Aws.Events;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.Events;
using Plumbline.LocalCloud.Gateway;

namespace Plumbline.LocalCloud.Services.Events.Rules;

/// <summary>Rules by pattern and by schedule.</summary>
internal sealed class RuleApi(RuleStore rules)
{
    private static readonly string[] Described =
    [
        "Name",
        "Arn",
        "EventPattern",
        "ScheduleExpression",
        "State",
        "Description",
        "RoleArn",
        "EventBusName",
    ];

    public async Task<JsonObject> PutRule(AwsCall call)
    {
        var input = call.Input;
        EventBus.Require(input);
        var (pattern, schedule) = (input.Text("EventPattern"), input.Text("ScheduleExpression"));
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

        var name = input.Text("Name")!;
        var rule = input.DeepClone().AsObject();
        rule.Remove("Tags");
        rule["Arn"] = RuleStore.ArnOf(name);
        rule["EventBusName"] = EventBus.Name;
        rule["State"] ??= RuleState.Enabled;
        await rules.PutAsync(rule, RuleTagApi.TagsOf(input.Objects("Tags")));
        return new JsonObject { ["RuleArn"] = RuleStore.ArnOf(name) };
    }

    public Task<JsonObject> DescribeRule(AwsCall call)
    {
        EventBus.Require(call.Input);
        var described = Describe(rules.Get(call.Input.Text("Name")!));
        described["CreatedBy"] = LocalCloudIdentity.Account;
        return Task.FromResult(described);
    }

    public Task<JsonObject> ListRules(AwsCall call)
    {
        EventBus.Require(call.Input);
        var prefix = call.Input.Text("NamePrefix") ?? "";
        var found = rules.List().Where(rule => rule.Text("Name")!.StartsWith(prefix, StringComparison.Ordinal));
        return Task.FromResult(EventsPage.Of(call.Input, "Rules", found.Select(Describe)));
    }

    public async Task<JsonObject> DeleteRule(AwsCall call)
    {
        EventBus.Require(call.Input);
        await rules.RemoveAsync(call.Input.Text("Name")!);
        return [];
    }

    public Task<JsonObject> EnableRule(AwsCall call) => SetStateAsync(call, RuleState.Enabled);

    public Task<JsonObject> DisableRule(AwsCall call) => SetStateAsync(call, RuleState.Disabled);

    private static JsonObject Describe(JsonObject rule) =>
        new([
            .. Described
                .Where(rule.ContainsKey)
                .Select(member => KeyValuePair.Create(member, rule[member]?.DeepClone())),
        ]);

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

    private async Task<JsonObject> SetStateAsync(AwsCall call, string state)
    {
        EventBus.Require(call.Input);
        await rules.ChangeAsync(call.Input.Text("Name")!, rule => rule["State"] = state);
        return [];
    }
}
