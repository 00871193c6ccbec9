using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Services.Iam.Authorization.Actions;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Services.Iam.Authorization;

/// <summary>The condition keys of a call; README.md lists them.</summary>
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
        ("sagemaker", "sagemaker:InstanceTypes", "ResourceConfig.InstanceGroups[].InstanceType"),
        ("sagemaker", "sagemaker:InstanceTypes", "ProcessingResources.ClusterConfig.InstanceType"),
        ("sagemaker", "sagemaker:InstanceTypes", "ProductionVariants[].InstanceType"),
        ("sagemaker", "sagemaker:VpcSubnets", "VpcConfig.Subnets[]"),
        ("sagemaker", "sagemaker:VpcSubnets", "NetworkConfig.VpcConfig.Subnets[]"),
        ("sagemaker", "sagemaker:VpcSecurityGroupIds", "VpcConfig.SecurityGroupIds[]"),
        ("sagemaker", "sagemaker:VpcSecurityGroupIds", "NetworkConfig.VpcConfig.SecurityGroupIds[]"),
        ("sagemaker", "sagemaker:VolumeKmsKey", "ResourceConfig.VolumeKmsKeyId"),
        ("sagemaker", "sagemaker:VolumeKmsKey", "ProcessingResources.ClusterConfig.VolumeKmsKeyId"),
        ("sagemaker", "sagemaker:VolumeKmsKey", "KmsKeyId"),
        ("sagemaker", "sagemaker:OutputKmsKey", "OutputDataConfig.KmsKeyId"),
        ("sagemaker", "sagemaker:OutputKmsKey", "ProcessingOutputConfig.KmsKeyId"),
        ("sagemaker", "sagemaker:NetworkIsolation", "EnableNetworkIsolation"),
        ("sagemaker", "sagemaker:NetworkIsolation", "NetworkConfig.EnableNetworkIsolation"),
        ("sagemaker", "sagemaker:InterContainerTrafficEncryption", "EnableInterContainerTrafficEncryption"),
        (
            "sagemaker",
            "sagemaker:InterContainerTrafficEncryption",
            "NetworkConfig.EnableInterContainerTrafficEncryption"
        ),
        ("sagemaker", "sagemaker:MaxRuntimeInSeconds", "StoppingCondition.MaxRuntimeInSeconds"),
    ];

    /// <summary>Returns the keys of a call by their names, ignoring case.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="service">The prefix of the service's actions.</param>
    /// <param name="input">The input of the call.</param>
    public static Dictionary<string, IReadOnlyList<string>> Of(Caller caller, string service, JsonObject input)
    {
        var keys = OfAnyRequest();
        keys["aws:PrincipalAccount"] = [LocalCloudIdentity.Account];
        keys["aws:PrincipalArn"] = [LocalArn.OfIam($"role/{caller.RoleName}")];
        keys["aws:PrincipalType"] = ["AssumedRole"];
        keys["aws:SourceIp"] = ["127.0.0.1"];
        keys["aws:userid"] = [caller.UserId];
        foreach (var (_, key, path) in Members.Where(member => member.Service == service))
        {
            List<string> values = [.. Access.Nodes(input, path).Select(TextOf).OfType<string>()];
            if (values.Count > 0)
            {
                keys[key] = keys.TryGetValue(key, out var others) ? [.. others, .. values] : values;
            }
        }

        AddTags(keys, input);
        return keys;
    }

    /// <summary>
    /// The keys with which the trust policy of a role is checked when a service takes the role: <c>aws:SourceArn</c>
    /// and the like.
    /// </summary>
    /// <param name="service">The service's principal, such as <c>sagemaker.amazonaws.com</c>.</param>
    /// <param name="sourceArn">The resource for which it acts, such as the training job's ARN; null if unknown.</param>
    public static Dictionary<string, IReadOnlyList<string>> OfService(string service, string? sourceArn)
    {
        var keys = OfAnyRequest();
        keys["aws:PrincipalIsAWSService"] = ["true"];
        keys["aws:PrincipalServiceName"] = [service];
        keys["aws:PrincipalType"] = ["AWSService"];
        keys["aws:SourceAccount"] = [LocalCloudIdentity.Account];
        if (sourceArn is not null)
        {
            keys["aws:SourceArn"] = [sourceArn];
        }

        return keys;
    }

    private static Dictionary<string, IReadOnlyList<string>> OfAnyRequest()
    {
        var now = ProcessTime.Clock.GetUtcNow();
        return new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase)
        {
            ["aws:CurrentTime"] = [now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)],
            ["aws:EpochTime"] = [now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)],
            ["aws:RequestedRegion"] = [LocalCloudIdentity.Region],
            ["aws:SecureTransport"] = ["true"],
        };
    }

    /// <summary>Booleans and numbers are compared as texts.</summary>
    private static string? TextOf(JsonNode? node) =>
        Tree.Text(node)
        ?? node?.GetValueKind() switch
        {
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Number => Tree.Long(node)?.ToString(CultureInfo.InvariantCulture),
            _ => null,
        };

    /// <summary>Tags come as a list; some services start the names of its members with a capital letter.</summary>
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
