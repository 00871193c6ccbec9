using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.S3.Buckets;
using Plumbline.LocalCloud.Services.S3.Objects;

namespace Plumbline.LocalCloud.Services.S3.Tags;

/// <summary>The tags of a bucket.</summary>
internal sealed class BucketTaggingApi(BucketStore buckets)
{
    public Task<JsonObject> GetBucketTagging(AwsCall call)
    {
        ObjectProperties.Check(call);
        var name = (string)call.Input["Bucket"]!;
        return TagSet.In(buckets.Properties(name)) is { Count: > 0 } tags
            ? Task.FromResult(new JsonObject { ["TagSet"] = tags.DeepClone() })
            : throw new AwsException("NoSuchTagSet", 404, "The TagSet does not exist")
            {
                Members = new JsonObject { ["BucketName"] = name },
            };
    }

    public Task<JsonObject> PutBucketTagging(AwsCall call)
    {
        ObjectProperties.Check(call);
        return SetAsync(call, TagSet.OfBucket(call.Input));
    }

    public Task<JsonObject> DeleteBucketTagging(AwsCall call)
    {
        ObjectProperties.Check(call);
        return SetAsync(call, []);
    }

    private async Task<JsonObject> SetAsync(AwsCall call, JsonArray tags)
    {
        await buckets.ChangeAsync((string)call.Input["Bucket"]!, properties => TagSet.Keep(properties, tags));
        return [];
    }
}
