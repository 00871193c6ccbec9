using System.Text.Json.Nodes;
using Plumbline.Aws.Views.S3;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.S3.Objects;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.S3.Tags;

/// <summary>The tags of an object; changing them does not count as a change of the object.</summary>
internal sealed class ObjectTaggingApi(ObjectStore objects, BucketStore buckets)
{
    public Task<JsonObject> GetObjectTagging(AwsCall call)
    {
        ObjectProperties.Check(call);
        var stored = ObjectName.Of(call).Find(objects, buckets, call.Operation.HttpMethod);
        return Task.FromResult(
            new JsonObject { ["TagSet"] = TagSet.In(stored.Properties).DeepClone(), ["VersionId"] = stored.Version }
        );
    }

    public Task<JsonObject> PutObjectTagging(AwsCall call)
    {
        ObjectProperties.Check(call);
        return SetAsync(call, TagSet.OfObject(new PutObjectTaggingRequest(call.Input).Tagging));
    }

    public Task<JsonObject> DeleteObjectTagging(AwsCall call)
    {
        ObjectProperties.Check(call);
        return SetAsync(call, []);
    }

    private async Task<JsonObject> SetAsync(AwsCall call, JsonArray tags)
    {
        var name = ObjectName.Of(call);
        var changed = await objects.ChangeAsync(
            name.Bucket,
            name.Key,
            name.Version,
            properties => TagSet.Keep(properties, tags)
        );
        return changed is null
            ? throw name.Missing(objects, buckets, call.Operation.HttpMethod)
            : new JsonObject { ["VersionId"] = changed.Version };
    }
}
