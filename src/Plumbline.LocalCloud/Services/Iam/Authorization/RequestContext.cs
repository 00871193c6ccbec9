using System.Globalization;
using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Services.Iam.Authorization;

/// <summary>The condition keys of a call. README.md has their list.</summary>
internal static class RequestContext
{
    /// <summary>Condition keys whose value is a member of the input, by the service of the action.</summary>
    private static readonly (string Service, string Key, string Path)[] Members =
    [
        ("s3", "s3:prefix", "Prefix"),
        ("s3", "s3:delimiter", "Delimiter"),
        ("s3", "s3:max-keys", "MaxKeys"),
        ("s3", "s3:VersionId", "VersionId"),
        ("s3", "s3:x-amz-acl", "ACL"),
        ("s3", "s3:x-amz-server-side-encryption", "ServerSideEncryption"),
        ("s3", "s3:x-amz-storage-class", "StorageClass"),
        ("iam", "iam:PolicyARN", "PolicyArn"),
        ("iam", "iam:PermissionsBoundary", "PermissionsBoundary"),
        ("sts", "sts:ExternalId", "ExternalId"),
        ("sts", "sts:RoleSessionName", "RoleSessionName"),
        ("sts", "sts:SourceIdentity", "SourceIdentity"),
        ("cloudwatch", "cloudwatch:namespace", "Namespace"),
        ("events", "events:source", "Entries[].Source"),
        ("events", "events:detail-type", "Entries[].DetailType"),
        ("sagemaker", "sagemaker:ModelApprovalStatus", "ModelApprovalStatus"),
        ("sagemaker", "sagemaker:InstanceTypes", "ResourceConfig.InstanceType"),
        ("sagemaker", "sagemaker:InstanceTypes", "ProcessingResources.ClusterConfig.InstanceType"),
        ("sagemaker", "sagemaker:InstanceTypes", "ProductionVariants[].InstanceType"),
    ];

    /// <summary>The keys of a call, by their names without regard to case.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="service">The prefix of the service's actions.</param>
    /// <param name="input">What is asked.</param>
    public static Dictionary<string, IReadOnlyList<string>> Of(Caller caller, string service, JsonObject input)
    {
        var now = ProcessTime.Clock.GetUtcNow();
        var keys = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase)
        {
            ["aws:CurrentTime"] = [now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)],
            ["aws:EpochTime"] = [now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)],
            ["aws:PrincipalAccount"] = [LocalCloudIdentity.Account],
            ["aws:PrincipalArn"] = [$"arn:aws:iam::{LocalCloudIdentity.Account}:role/{caller.RoleName}"],
            ["aws:PrincipalType"] = ["AssumedRole"],
            ["aws:RequestedRegion"] = [LocalCloudIdentity.Region],
            ["aws:SecureTransport"] = ["true"],
            ["aws:SourceIp"] = ["127.0.0.1"],
            ["aws:userid"] = [caller.UserId],
        };
        foreach (var (_, key, path) in Members.Where(member => member.Service == service))
        {
            if (Values(input, path) is { Count: > 0 } values)
            {
                keys[key] = values;
            }
        }

        AddTags(keys, input);
        return keys;
    }

    private static List<string> Values(JsonObject input, string path) =>
        path == "MaxKeys"
            ? input.Long(path) is { } most
                ? [most.ToString(CultureInfo.InvariantCulture)]
                : []
            : [.. Access.Values(input, path)];

    /// <summary>Tags come as a list, in which the services write the members large or small.</summary>
    private static void AddTags(Dictionary<string, IReadOnlyList<string>> keys, JsonObject input)
    {
        var tags = input
            .Objects("Tags")
            .Concat(input.Objects("tags"))
            .Select(tag => (Key: tag.Text("Key") ?? tag.Text("key"), Value: tag.Text("Value") ?? tag.Text("value")))
            .Where(tag => tag.Key is not null)
            .ToList();
        if (tags.Count > 0)
        {
            keys["aws:TagKeys"] = [.. tags.Select(tag => tag.Key!)];
        }

        foreach (var (key, value) in tags)
        {
            keys[$"aws:RequestTag/{key}"] = [value ?? ""];
        }
    }
}
