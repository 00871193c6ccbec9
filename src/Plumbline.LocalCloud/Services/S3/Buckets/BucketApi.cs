using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Models;
using Plumbline.Aws.Views.S3;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.S3.Objects;

namespace Plumbline.LocalCloud.Services.S3.Buckets;

internal sealed class BucketApi(BucketStore buckets)
{
    public async Task<JsonObject> CreateBucket(AwsCall call)
    {
        var request = new CreateBucketRequest(call.Input);
        CheckAcl(request.Acl);
        ObjectProperties.Check(call);
        BucketName.Check(request.Bucket);
        CheckLocation(request.CreateBucketConfiguration?.LocationConstraint, call.Operation.Input!);
        var properties = new JsonObject();
        TagSet.Keep(properties, TagSet.OfNewBucket(request.CreateBucketConfiguration?.Tags ?? []));
        await buckets.AddAsync(request.Bucket, properties);
        return new JsonObject { ["Location"] = "/" + request.Bucket };
    }

    public Task<JsonObject> HeadBucket(AwsCall call)
    {
        ObjectProperties.Check(call);
        buckets.Check(new HeadBucketRequest(call.Input).Bucket);
        return Task.FromResult(new JsonObject { ["BucketRegion"] = LocalCloudIdentity.Region });
    }

    public Task<JsonObject> GetBucketLocation(AwsCall call)
    {
        ObjectProperties.Check(call);
        buckets.Check(new GetBucketLocationRequest(call.Input).Bucket);

        // us-east-1 has no location constraint.
        return Task.FromResult(new JsonObject());
    }

    public async Task<JsonObject> DeleteBucket(AwsCall call)
    {
        ObjectProperties.Check(call);
        await buckets.RemoveAsync(new DeleteBucketRequest(call.Input).Bucket);
        return [];
    }

    public Task<JsonObject> ListBuckets(AwsCall call)
    {
        var request = new ListBucketsRequest(call.Input);
        var prefix = request.Prefix ?? "";
        var after = ReadToken(request.ContinuationToken ?? "");
        var most = request.MaxBuckets ?? int.MaxValue;
        var found = buckets
            .List()
            .Where(bucket =>
                bucket.Name.StartsWith(prefix, StringComparison.Ordinal)
                && string.CompareOrdinal(bucket.Name, after) > 0
            )
            .ToList();
        var page = found.Take(most).ToList();
        var output = new JsonObject
        {
            ["Buckets"] = new JsonArray([
                .. page.Select(bucket => new JsonObject
                {
                    ["Name"] = bucket.Name,
                    ["CreationDate"] = bucket.Created / 1000,
                    ["BucketRegion"] = LocalCloudIdentity.Region,
                }),
            ]),
            ["Owner"] = ListRequest.Owner(),
            ["Prefix"] = request.Prefix,
        };
        if (page.Count < found.Count)
        {
            output["ContinuationToken"] = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(page[^1].Name));
        }

        return Task.FromResult(output);
    }

    /// <summary>Reads a token: the name of the last bucket of the page before.</summary>
    private static string ReadToken(string token)
    {
        try
        {
            return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token));
        }
        catch (FormatException)
        {
            throw S3Errors.InvalidArgument("The continuation token provided is incorrect", "continuation-token", token);
        }
    }

    /// <summary>A new bucket has no ACLs: its owner owns everything in it.</summary>
    private static void CheckAcl(string? acl)
    {
        if (acl is not (null or BucketCannedACL.Private))
        {
            throw new AwsException(
                "InvalidBucketAclWithObjectOwnership",
                400,
                "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting"
            );
        }
    }

    private static void CheckLocation(string? location, Shape input)
    {
        if (string.IsNullOrEmpty(location))
        {
            return;
        }

        var known = input.Members["CreateBucketConfiguration"].Members["LocationConstraint"].Enum;
        throw location == LocalCloudIdentity.Region || !known.Contains(location)
            ? new AwsException("InvalidLocationConstraint", 400, "The specified location-constraint is not valid")
            {
                Members = new JsonObject { ["LocationConstraint"] = location },
            }
            : new AwsException(
                "IllegalLocationConstraintException",
                400,
                $"The {location} location constraint is incompatible for the region specific endpoint this request was sent to: "
                    + $"this local cloud is {LocalCloudIdentity.Region}. Leave the location constraint out, or set the region to {LocalCloudIdentity.Region}."
            );
    }
}
