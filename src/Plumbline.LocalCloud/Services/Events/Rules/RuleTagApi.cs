using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Gateway;

namespace Plumbline.LocalCloud.Services.Events.Rules;

/// <summary>Tags of rules.</summary>
internal sealed class RuleTagApi(RuleStore rules)
{
    public static JsonObject TagsOf(IEnumerable<JsonObject> tags) =>
        new([.. tags.Select(tag => KeyValuePair.Create(tag.Text("Key")!, (JsonNode?)tag.Text("Value")))]);

    public async Task<JsonObject> TagResource(AwsCall call)
    {
        var added = TagsOf(call.Input.Objects("Tags"));
        await rules.ChangeAsync(
            NameOf(call),
            rule =>
            {
                foreach (var (key, value) in added)
                {
                    rule.Object("Tags")![key] = value?.DeepClone();
                }
            }
        );
        return [];
    }

    public async Task<JsonObject> UntagResource(AwsCall call)
    {
        var removed = call.Input.Texts("TagKeys").ToList();
        await rules.ChangeAsync(NameOf(call), rule => removed.ForEach(key => rule.Object("Tags")!.Remove(key)));
        return [];
    }

    public Task<JsonObject> ListTagsForResource(AwsCall call)
    {
        var tags = rules
            .Get(NameOf(call))
            .Object("Tags")!
            .Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value?.DeepClone() });
        return Task.FromResult(new JsonObject { ["Tags"] = new JsonArray([.. tags]) });
    }

    private static string NameOf(AwsCall call)
    {
        var arn = call.Input.Text("ResourceARN")!;
        var prefix = RuleStore.ArnOf("");
        return arn.StartsWith(prefix, StringComparison.Ordinal)
            ? arn[prefix.Length..]
            : throw EventsErrors.Validation(
                $"Parameter {arn} is not valid. Reason: Provided Arn is not in correct format."
            );
    }
}
