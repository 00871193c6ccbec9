using System.Text.Json.Nodes;
using Plumbline.Aws.Arns;
using Plumbline.Aws.Views.Events;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.Events.Buses;

namespace Plumbline.LocalCloud.Services.Events.Rules;

/// <summary>Tags of rules and of the event bus.</summary>
internal sealed class RuleTagApi(RuleStore rules, EventBusStore buses)
{
    public static OrderedDictionary<string, string> TagsOf(IEnumerable<Tag> tags) =>
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
        var tags = RuleOf(arn) is { } rule ? rules.Get(rule).State.Tags : buses.Get().State.Tags;
        return Task.FromResult(TagList.Describe(tags));
    }

    private Task ChangeAsync(string arn, Action<OrderedDictionary<string, string>> change) =>
        RuleOf(arn) is { } name
            ? rules.ChangeAsync(name, rule => change(rule.State.Tags))
            : buses.ChangeTagsAsync(change);

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
