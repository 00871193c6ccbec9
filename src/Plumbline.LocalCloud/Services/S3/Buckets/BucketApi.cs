using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.S3.Objects;

namespace Plumbline.LocalCloud.Services.S3.Buckets;

/// <summary>Buckets.</summary>
internal sealed class BucketApi(BucketStore buckets)
{
    public async Task<JsonObject> CreateBucket(AwsCall call)
    {
        ObjectProperties.Check(call);
        var name = (string)call.Input["Bucket"]!;
        BucketName.Check(name);
        CheckLocation(call);
        await buckets.AddAsync(name);
        return new JsonObject { ["Location"] = "/" + name };
    }

    public Task<JsonObject> HeadBucket(AwsCall call)
    {
        ObjectProperties.Check(call);
        buckets.Check((string)call.Input["Bucket"]!);
        return Task.FromResult(new JsonObject { ["BucketRegion"] = LocalCloudIdentity.Region });
    }

    public Task<JsonObject> GetBucketLocation(AwsCall call)
    {
        ObjectProperties.Check(call);
        buckets.Check((string)call.Input["Bucket"]!);

        // The first region has no constraint.
        return Task.FromResult(new JsonObject());
    }

    public async Task<JsonObject> DeleteBucket(AwsCall call)
    {
        ObjectProperties.Check(call);
        await buckets.RemoveAsync((string)call.Input["Bucket"]!);
        return [];
    }

    public Task<JsonObject> ListBuckets(AwsCall call)
    {
        var prefix = (string?)call.Input["Prefix"] ?? "";
        var after = (string?)call.Input["ContinuationToken"] ?? "";
        var most = call.Input.Int("MaxBuckets") ?? int.MaxValue;
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
            ["Owner"] = new JsonObject { ["ID"] = LocalCloudIdentity.Account },
            ["Prefix"] = (string?)call.Input["Prefix"],
        };
        if (page.Count < found.Count)
        {
            output["ContinuationToken"] = page[^1].Name;
        }

        return Task.FromResult(output);
    }

    private static void CheckLocation(AwsCall call)
    {
        var location = (string?)call.Input["CreateBucketConfiguration"]?["LocationConstraint"];
        if (string.IsNullOrEmpty(location))
        {
            return;
        }

        var known = call.Operation.Input!.Members["CreateBucketConfiguration"].Members["LocationConstraint"].Enum;
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
