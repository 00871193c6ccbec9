using Plumbline.Aws.Arns;

namespace Plumbline.LocalCloud.Identity;

/// <summary>ARNs of the local cloud's resources.</summary>
internal static class LocalArn
{
    /// <summary>The ARN of a resource in this account and region.</summary>
    public static string Of(string service, string resource) =>
        new Arn(service, LocalCloudIdentity.Region, LocalCloudIdentity.Account, resource).ToString();

    /// <summary>The ARN of a resource of IAM, which has no region.</summary>
    public static string OfIam(string resource) => new Arn("iam", "", LocalCloudIdentity.Account, resource).ToString();

    /// <summary>Returns the ARN for a name; an ARN is returned unchanged.</summary>
    public static string OfNameOrArn(string service, string type, string nameOrArn) =>
        nameOrArn.StartsWith("arn:", StringComparison.Ordinal) ? nameOrArn : Of(service, $"{type}/{nameOrArn}");
}
