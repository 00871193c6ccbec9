using System.Text.Json.Nodes;
using Plumbline.Aws.Views.S3;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.S3.Objects;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.S3.Acls;

/// <summary>
/// Access control lists: as in a new bucket on AWS, the only list gives everything to the owner and cannot be changed.
/// </summary>
internal sealed class AclApi(ObjectStore objects, BucketStore buckets)
{
    public Task<JsonObject> GetBucketAcl(AwsCall call)
    {
        ObjectProperties.Check(call);
        buckets.Check(new GetBucketAclRequest(call.Input).Bucket);
        return Task.FromResult(Private());
    }

    public Task<JsonObject> GetObjectAcl(AwsCall call)
    {
        ObjectProperties.Check(call);
        ObjectName.Of(call).Find(objects, buckets, call.Operation.HttpMethod);
        return Task.FromResult(Private());
    }

    private static JsonObject Private()
    {
        var grantee = ListRequest.Owner();
        grantee["Type"] = "CanonicalUser";
        return new JsonObject
        {
            ["Owner"] = ListRequest.Owner(),
            ["Grants"] = new JsonArray(new JsonObject { ["Grantee"] = grantee, ["Permission"] = "FULL_CONTROL" }),
        };
    }
}
