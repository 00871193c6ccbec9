using System.Text.Json.Nodes;
using Plumbline.Aws.Arns;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.S3;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.Iam.Policies;
using Plumbline.LocalCloud.Services.S3.Buckets;
using Plumbline.LocalCloud.Services.S3.Objects;

namespace Plumbline.LocalCloud.Services.S3.Policies;

/// <summary>The policy of a bucket.</summary>
internal sealed class BucketPolicyApi(BucketStore buckets)
{
    private const int Longest = 20 * 1024;

    public Task<JsonObject> GetBucketPolicy(AwsCall call)
    {
        ObjectProperties.Check(call);
        return Task.FromResult(new JsonObject { ["Policy"] = Find(call) });
    }

    /// <summary>
    /// A bucket is public if everybody may do something in it without a condition; S3 also counts some with conditions.
    /// </summary>
    public Task<JsonObject> GetBucketPolicyStatus(AwsCall call)
    {
        ObjectProperties.Check(call);
        var isPublic = PolicyReader
            .ReadKept(Find(call), PolicyKind.Bucket)
            .Statements.Any(statement => statement is { Allows: true, Principals.Everyone: true, Conditions.Count: 0 });
        return Task.FromResult(new JsonObject { ["PolicyStatus"] = new JsonObject { ["IsPublic"] = isPublic } });
    }

    public async Task<AwsReply> PutBucketPolicy(AwsCall call)
    {
        ObjectProperties.Check(call);
        var request = new PutBucketPolicyRequest(call.Input);
        var (bucket, document) = (request.Bucket, request.Policy);
        buckets.Check(bucket);
        Check(bucket, document);
        await buckets.ChangeAsync(bucket, properties => properties[BucketStore.PolicyProperty] = document);
        return new AwsReply([]) { Status = 204 };
    }

    public async Task<JsonObject> DeleteBucketPolicy(AwsCall call)
    {
        ObjectProperties.Check(call);
        await buckets.ChangeAsync(Bucket(call), properties => properties.Remove(BucketStore.PolicyProperty));
        return [];
    }

    private static string Bucket(AwsCall call) => call.Input.Text("Bucket")!;

    private string Find(AwsCall call) =>
        buckets.Properties(Bucket(call)).Text(BucketStore.PolicyProperty)
        ?? throw new AwsException("NoSuchBucketPolicy", 404, "The bucket policy does not exist")
        {
            Members = new JsonObject { ["BucketName"] = Bucket(call) },
        };

    private static void Check(string bucket, string document)
    {
        if (!document.StartsWith('{'))
        {
            throw Malformed("Policies must be valid JSON and the first byte must be '{'");
        }

        if (document.Length > Longest)
        {
            throw Malformed("Policy exceeds the maximum allowed document size.");
        }

        var resources = PolicyReader
            .Read(document, PolicyKind.Bucket)
            .Statements.SelectMany(statement => statement.Resources.Patterns);
        if (!resources.All(resource => IsIn(bucket, resource)))
        {
            throw Malformed("Policy has invalid resource");
        }
    }

    /// <summary>True for the ARN of the bucket, or of objects in it.</summary>
    private static bool IsIn(string bucket, string resource)
    {
        return Arn.Parts(resource) is ["arn", "aws" or "*", "s3", "" or "*", "" or "*", var name]
            && Wildcard.Matches(name.Split('/', 2)[0], bucket);
    }

    private static AwsException Malformed(string message) => new("MalformedPolicy", 400, message);
}
