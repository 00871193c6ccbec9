using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Views.S3;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.S3.Objects;

namespace Plumbline.LocalCloud.Services.S3.Buckets;

/// <summary>The versioning of a bucket: off at first, then enabled or suspended. MFA delete is not implemented.</summary>
internal sealed class BucketVersioningApi(BucketStore buckets)
{
    public Task<JsonObject> GetBucketVersioning(AwsCall call)
    {
        ObjectProperties.Check(call);
        var bucket = new GetBucketVersioningRequest(call.Input).Bucket;
        var output = new JsonObject { ["Status"] = buckets.Versioning(bucket) };
        return Task.FromResult(output);
    }

    public async Task<JsonObject> PutBucketVersioning(AwsCall call)
    {
        ObjectProperties.Check(call);
        var request = new PutBucketVersioningRequest(call.Input);
        var wanted = request.VersioningConfiguration;
        if (wanted.MFADelete == MFADelete.Enabled)
        {
            throw S3Errors.NotImplemented("MfaDelete");
        }

        var status =
            wanted.Status
            ?? throw new AwsException(
                "IllegalVersioningConfigurationException",
                400,
                "The Versioning element must be specified"
            );
        await buckets.SetVersioningAsync(request.Bucket, status);
        return [];
    }
}
