using System.Text.Json.Nodes;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.S3.Buckets;
using Plumbline.LocalCloud.Services.S3.Objects;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.S3.Tags;

/// <summary>The tags of an object; to change them is not to change the object.</summary>
internal sealed class ObjectTaggingApi(ObjectStore objects, BucketStore buckets)
{
    public Task<JsonObject> GetObjectTagging(AwsCall call)
    {
        ObjectProperties.Check(call);
        var stored = ObjectApi.Find(objects, buckets, call);
        return Task.FromResult(new JsonObject { ["TagSet"] = TagSet.In(stored.Properties).DeepClone() });
    }

    public Task<JsonObject> PutObjectTagging(AwsCall call)
    {
        ObjectProperties.Check(call);
        return SetAsync(call, TagSet.OfObject(call.Input));
    }

    public Task<JsonObject> DeleteObjectTagging(AwsCall call)
    {
        ObjectProperties.Check(call);
        return SetAsync(call, []);
    }

    private async Task<JsonObject> SetAsync(AwsCall call, JsonArray tags)
    {
        var (bucket, key) = ((string)call.Input["Bucket"]!, (string)call.Input["Key"]!);
        buckets.Check(bucket);
        var changed = await objects.ChangeAsync(bucket, key, properties => TagSet.Keep(properties, tags));
        return changed ? [] : throw S3Errors.NoSuchKey(key);
    }
}
