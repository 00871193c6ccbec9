using Plumbline.Aws.Arns;
using Plumbline.Aws.Errors;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Services.Iam.Policies;
using Plumbline.LocalCloud.Services.Iam.Roles;

namespace Plumbline.LocalCloud.Services.Iam.Authorization;

/// <summary>
/// A service accepts a role only if the role's trust policy names the service. This is checked when a role is passed,
/// and not each time that the service uses it.
/// </summary>
internal sealed class ServiceTrust(RoleStore roles, LocalCloudOptions options)
{
    private const string AssumeRole = "sts:AssumeRole";

    /// <summary>Accepts a role, or refuses it in the service's words.</summary>
    /// <param name="service">Such as <c>sagemaker.amazonaws.com</c>.</param>
    /// <param name="roleArn">The role as the request names it; other texts are left to validation.</param>
    /// <param name="source">The resource that is to get the role.</param>
    /// <exception cref="AwsException">The service cannot assume the role.</exception>
    public void Check(string service, string roleArn, string? source)
    {
        if (
            !roleArn.StartsWith("arn:aws", StringComparison.Ordinal)
            || !roleArn.Contains(":role/", StringComparison.Ordinal)
        )
        {
            return;
        }

        var role = roles.Rights(Arn.RoleNameOf(roleArn));
        var isTaken = role is null
            ? !options.StrictRoles
            : !IsOther(role.Arn, roleArn) && Trusts(role.Trust, service, role.Arn, source);
        if (!isTaken)
        {
            throw Refused(service, roleArn);
        }
    }

    /// <summary>True if the account has the role under another path: then AWS does not find it.</summary>
    private static bool IsOther(string arn, string asked) =>
        asked != arn && asked.StartsWith(LocalArn.OfIam(""), StringComparison.Ordinal);

    private static bool Trusts(Policy trust, string service, string roleArn, string? source)
    {
        var context = new ConditionKeys(() => RequestContext.OfService(service, source));
        return new PolicySet([], Boundary: null, trust) { IsTrust = true }
                .Decide(new AccessRequest(AssumeRole, roleArn, context, new Principal(service)))
                .Decision == Decision.Allow;
    }

    private static AwsException Refused(string service, string roleArn) =>
        service switch
        {
            "codebuild.amazonaws.com" => new AwsException(
                "InvalidInputException",
                400,
                "CodeBuild is not authorized to perform: sts:AssumeRole on service role. Please verify that: 1) The provided "
                    + "service role exists, 2) The role name is case-sensitive and matches exactly, and 3) The role has the "
                    + $"necessary trust policy configured. The role is {roleArn}."
            ),
            "events.amazonaws.com" => new AwsException(
                "ValidationException",
                400,
                $"Provided role '{roleArn}' cannot be assumed by principal 'events.amazonaws.com'."
            ),
            _ => new AwsException(
                "ValidationException",
                400,
                $"Could not assume role {roleArn}. Please ensure that the role exists and allows principal '{service}' to assume the role."
            ),
        };
}
