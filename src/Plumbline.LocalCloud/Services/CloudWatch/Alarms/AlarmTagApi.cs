using System.Text.Json.Nodes;
using Plumbline.Aws.Arns;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Gateway;

namespace Plumbline.LocalCloud.Services.CloudWatch.Alarms;

internal sealed class AlarmTagApi(AlarmStore alarms)
{
    public static JsonObject TagsOf(IEnumerable<JsonObject> tags) => TagList.Read(tags, CloudWatchErrors.InvalidValue);

    public async Task<JsonObject> TagResource(AwsCall call)
    {
        var added = TagsOf(call.Input.Objects("Tags"));
        await alarms.ChangeAsync(
            NameOf(call),
            alarm => TagList.Add(alarm.Object("Tags")!, added, CloudWatchErrors.TooManyTags)
        );
        return [];
    }

    public async Task<JsonObject> UntagResource(AwsCall call)
    {
        var removed = call.Input.Texts("TagKeys").ToList();
        await alarms.ChangeAsync(NameOf(call), alarm => removed.ForEach(key => alarm.Object("Tags")!.Remove(key)));
        return [];
    }

    public Task<JsonObject> ListTagsForResource(AwsCall call)
    {
        var tags = alarms
            .Find(NameOf(call))!
            .Object("Tags")!
            .Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value?.DeepClone() });
        return Task.FromResult(new JsonObject { ["Tags"] = new JsonArray([.. tags]) });
    }

    private string NameOf(AwsCall call)
    {
        var arn = call.Input.Text("ResourceARN")!;
        var name = Arn.IdOf(arn);
        return arn == AlarmStore.ArnOf(name) && alarms.Find(name) is not null
            ? name
            : throw CloudWatchErrors.NoResource(arn);
    }
}
