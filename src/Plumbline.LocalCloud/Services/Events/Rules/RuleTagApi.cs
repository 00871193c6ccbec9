using System.Text.Json.Nodes;
using Plumbline.Aws.Arns;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.Events;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.Events.Buses;

namespace Plumbline.LocalCloud.Services.Events.Rules;

/// <summary>Tags of rules and of the event bus.</summary>
internal sealed class RuleTagApi(RuleStore rules, EventBusStore buses)
{
    public static JsonObject TagsOf(IEnumerable<Tag> tags) =>
        TagList.Read(tags.Select(tag => tag.Tree), EventsErrors.Validation);

    public async Task<JsonObject> TagResource(AwsCall call)
    {
        var request = new TagResourceRequest(call.Input);
        var added = TagsOf(request.Tags);
        await ChangeAsync(request.ResourceARN, tags => TagList.Add(tags, added, EventsErrors.TooMany));
        return [];
    }

    public async Task<JsonObject> UntagResource(AwsCall call)
    {
        var request = new UntagResourceRequest(call.Input);
        var removed = request.TagKeys.ToList();
        await ChangeAsync(request.ResourceARN, tags => removed.ForEach(key => tags.Remove(key)));
        return [];
    }

    public Task<JsonObject> ListTagsForResource(AwsCall call)
    {
        var arn = new ListTagsForResourceRequest(call.Input).ResourceARN;
        var resource = RuleOf(arn) is { } rule ? rules.Get(rule).Tree : buses.Get();
        return Task.FromResult(TagList.Describe(resource.Object("Tags")!));
    }

    private Task ChangeAsync(string arn, Action<JsonObject> change) =>
        RuleOf(arn) is { } name
            ? rules.ChangeAsync(name, rule => change(rule.Tree.Object("Tags")!))
            : buses.ChangeAsync(tree => change(tree.Object("Tags")!));

    /// <summary>The name of the rule that the ARN names; null if it names the bus.</summary>
    private static string? RuleOf(string arn)
    {
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
