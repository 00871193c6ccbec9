using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Views.S3;
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
        var name = new GetBucketTaggingRequest(call.Input).Bucket;
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
        var request = new PutBucketTaggingRequest(call.Input);
        return SetAsync(request.Bucket, TagSet.OfBucket(request.Tagging));
    }

    public Task<JsonObject> DeleteBucketTagging(AwsCall call)
    {
        ObjectProperties.Check(call);
        return SetAsync(new DeleteBucketTaggingRequest(call.Input).Bucket, []);
    }

    private async Task<JsonObject> SetAsync(string bucket, JsonArray tags)
    {
        await buckets.ChangeAsync(bucket, properties => TagSet.Keep(properties, tags));
        return [];
    }
}
