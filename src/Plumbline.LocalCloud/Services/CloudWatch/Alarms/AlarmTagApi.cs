using System.Text.Json.Nodes;
using Plumbline.Aws.Arns;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.CloudWatch;
using Plumbline.LocalCloud.Gateway;

namespace Plumbline.LocalCloud.Services.CloudWatch.Alarms;

internal sealed class AlarmTagApi(AlarmStore alarms)
{
    public static OrderedDictionary<string, string> TagsOf(IEnumerable<JsonObject> tags) =>
        TagList.Read(tags, CloudWatchErrors.InvalidValue);

    public async Task<JsonObject> TagResource(AwsCall call)
    {
        var added = TagsOf(call.Input.Objects("Tags"));
        await alarms.ChangeAsync(
            NameOf(new TagResourceInput(call.Input).ResourceARN),
            alarm => TagList.Add(alarm.State.Tags, added, CloudWatchErrors.TooManyTags)
        );
        return [];
    }

    public async Task<JsonObject> UntagResource(AwsCall call)
    {
        var request = new UntagResourceInput(call.Input);
        var removed = request.TagKeys.ToList();
        await alarms.ChangeAsync(
            NameOf(request.ResourceARN),
            alarm => removed.ForEach(key => alarm.State.Tags.Remove(key))
        );
        return [];
    }

    public Task<JsonObject> ListTagsForResource(AwsCall call) =>
        Task.FromResult(TagList.Describe(alarms.Tags(NameOf(new ListTagsForResourceInput(call.Input).ResourceARN))!));

    private string NameOf(string arn)
    {
        var name = Arn.IdOf(arn);
        return arn == AlarmStore.ArnOf(name) && alarms.Find(name) is not null
            ? name
            : throw CloudWatchErrors.NoResource(arn);
    }
}
