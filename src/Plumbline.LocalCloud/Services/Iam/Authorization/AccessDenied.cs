using Plumbline.Aws.Errors;
using Plumbline.Aws.Models;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Services.Iam.Policies;

namespace Plumbline.LocalCloud.Services.Iam.Authorization;

/// <summary>A refusal in AWS's words; code and status follow the service's protocol.</summary>
internal static class AccessDenied
{
    public static AwsException Of(
        Operation operation,
        Caller caller,
        string action,
        string resource,
        Decision decision,
        PolicySource source = PolicySource.Identity
    )
    {
        var (code, status) = operation.Service switch
        {
            { Id: "s3" } => ("AccessDenied", 403),
            { Id: "sagemaker-runtime" } => ("AccessDeniedException", 403),
            { Protocols: var protocols } when protocols.Contains("query") => ("AccessDenied", 403),
            _ => ("AccessDeniedException", 400),
        };
        return new AwsException(code, status, Text(caller, action, resource, decision, source));
    }

    /// <summary>The refusal of one action on one resource.</summary>
    public static string Text(
        Caller caller,
        string action,
        string resource,
        Decision decision,
        PolicySource source = PolicySource.Identity
    )
    {
        var on = resource == "*" ? "" : $" on resource: {Quoted(action, resource)}";
        var kind = source switch
        {
            PolicySource.Resource => "resource-based policy",
            PolicySource.Boundary => "permissions boundary",
            _ => "identity-based policy",
        };
        var because =
            decision == Decision.ExplicitDeny
                ? $" with an explicit deny in {(source == PolicySource.Identity ? "an" : "a")} {kind}"
            // STS does not say why a role does not trust the caller.
            : action.StartsWith("sts:", StringComparison.Ordinal) ? ""
            : $" because no {kind} allows the {action} action";
        return $"User: {caller.Arn} is not authorized to perform: {action}{on}{because}";
    }

    /// <summary>S3 puts quotation marks around names.</summary>
    private static string Quoted(string action, string resource) =>
        action.StartsWith("s3:", StringComparison.Ordinal) ? $"\"{resource}\"" : resource;
}
