using System.Text.Json.Nodes;
using Plumbline.Aws.Arns;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.Events.Buses;

namespace Plumbline.LocalCloud.Services.Events.Rules;

/// <summary>Tags of rules and of the event bus.</summary>
internal sealed class RuleTagApi(RuleStore rules, EventBusStore buses)
{
    public static JsonObject TagsOf(IEnumerable<JsonObject> tags) => TagList.Read(tags, EventsErrors.Validation);

    public async Task<JsonObject> TagResource(AwsCall call)
    {
        var added = TagsOf(call.Input.Objects("Tags"));
        await ChangeAsync(call, tags => TagList.Add(tags, added, EventsErrors.TooMany));
        return [];
    }

    public async Task<JsonObject> UntagResource(AwsCall call)
    {
        var removed = call.Input.Texts("TagKeys").ToList();
        await ChangeAsync(call, tags => removed.ForEach(key => tags.Remove(key)));
        return [];
    }

    public Task<JsonObject> ListTagsForResource(AwsCall call)
    {
        var resource = RuleOf(call) is { } rule ? rules.Get(rule) : buses.Get();
        var tags = resource
            .Object("Tags")!
            .Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value?.DeepClone() });
        return Task.FromResult(new JsonObject { ["Tags"] = new JsonArray([.. tags]) });
    }

    private Task ChangeAsync(AwsCall call, Action<JsonObject> change) =>
        RuleOf(call) is { } rule
            ? rules.ChangeAsync(rule, tree => change(tree.Object("Tags")!))
            : buses.ChangeAsync(tree => change(tree.Object("Tags")!));

    /// <summary>The name of the rule that the request names; null if it names the bus.</summary>
    private static string? RuleOf(AwsCall call)
    {
        var arn = call.Input.Text("ResourceARN")!;
        var name = Arn.IdOf(arn);
        if (arn == RuleStore.ArnOf(name))
        {
            return name;
        }

        if (arn != EventBus.ArnOf(name))
        {
            throw EventsErrors.Validation(
                $"Parameter {arn} is not valid. Reason: Provided Arn is not in correct format."
            );
        }

        return EventBus.IsMeantBy(arn) ? null : throw EventsErrors.NoBus(name);
    }
}
