using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.S3.Objects;

namespace Plumbline.LocalCloud.Services.S3.Buckets;

/// <summary>The versioning of a bucket: off at first, then enabled or suspended. MFA delete is not implemented.</summary>
internal sealed class BucketVersioningApi(BucketStore buckets)
{
    public Task<JsonObject> GetBucketVersioning(AwsCall call)
    {
        ObjectProperties.Check(call);
        var output = new JsonObject { ["Status"] = buckets.Versioning((string)call.Input["Bucket"]!) };
        return Task.FromResult(output);
    }

    public async Task<JsonObject> PutBucketVersioning(AwsCall call)
    {
        ObjectProperties.Check(call);
        var wanted = call.Input["VersioningConfiguration"]!;
        if ((string?)wanted["MFADelete"] == "Enabled")
        {
            throw S3Errors.NotImplemented("MfaDelete");
        }

        var status =
            (string?)wanted["Status"]
            ?? throw new AwsException(
                "IllegalVersioningConfigurationException",
                400,
                "The Versioning element must be specified"
            );
        await buckets.SetVersioningAsync((string)call.Input["Bucket"]!, status);
        return [];
    }
}
