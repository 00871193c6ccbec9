using Plumbline.Aws.Errors;
using Plumbline.LocalCloud.Services.Iam.Policies;

namespace Plumbline.LocalCloud.Services.Iam;

/// <summary>IAM's errors, in its words.</summary>
internal static class IamErrors
{
    public static AwsException NoSuchRole(string name) =>
        new("NoSuchEntity", 404, $"The role with name {name} cannot be found.");

    public static AwsException NoSuchPolicy(string name) =>
        new("NoSuchEntity", 404, $"The role policy with name {name} cannot be found.");

    public static AwsException RoleExists(string name) =>
        new("EntityAlreadyExists", 409, $"Role with name {name} already exists.");

    public static AwsException Invalid(string message) => new("InvalidInput", 400, message);

    public static AwsException HasPolicies() =>
        new("DeleteConflict", 409, "Cannot delete entity, must delete policies first.");

    /// <summary>Refuses a trust policy that is not a JSON object; who may take the role is not looked at.</summary>
    /// <exception cref="AwsException">400 MalformedPolicyDocument.</exception>
    public static void CheckTrust(string document)
    {
        if (PolicyReader.Tree(document) is null)
        {
            throw new AwsException("MalformedPolicyDocument", 400, "This policy contains invalid Json");
        }
    }
}
