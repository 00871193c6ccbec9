using Plumbline.Aws.Errors;
using Plumbline.Aws.Models;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.Iam.Policies;

namespace Plumbline.LocalCloud.Services.Iam.Authorization;

/// <summary>A refusal in the words of AWS; code and status follow the service's protocol.</summary>
internal static class AccessDenied
{
    public static AwsException Of(Operation operation, Caller caller, string action, string resource, Decision why)
    {
        var (code, status) = operation.Service switch
        {
            { Id: "s3" } => ("AccessDenied", 403),
            { Id: "sagemaker-runtime" } => ("AccessDeniedException", 403),
            { Protocols: var protocols } when protocols.Contains("query") => ("AccessDenied", 403),
            _ => ("AccessDeniedException", 400),
        };
        return new AwsException(code, status, Text(caller, action, resource, why));
    }

    /// <summary>The refusal of one action on one resource.</summary>
    public static string Text(Caller caller, string action, string resource, Decision why)
    {
        var on = resource == "*" ? "" : $" on resource: {Quoted(action, resource)}";
        var because =
            why == Decision.ExplicitDeny
                ? "with an explicit deny in an identity-based policy"
                : $"because no identity-based policy allows the {action} action";
        return $"User: {caller.Arn} is not authorized to perform: {action}{on} {because}";
    }

    /// <summary>S3 has quotation marks around what it names.</summary>
    private static string Quoted(string action, string resource) =>
        action.StartsWith("s3:", StringComparison.Ordinal) ? $"\"{resource}\"" : resource;
}
