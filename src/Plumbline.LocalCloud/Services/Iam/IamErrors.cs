using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;

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

    public static AwsException HasPolicies() =>
        new("DeleteConflict", 409, "Cannot delete entity, must delete policies first.");

    /// <summary>Refuses a policy that is not a JSON object; what it says is not looked at.</summary>
    /// <exception cref="AwsException">400 MalformedPolicyDocument.</exception>
    public static void CheckPolicy(string document)
    {
        try
        {
            if (JsonNode.Parse(document) is JsonObject)
            {
                return;
            }
        }
        catch (JsonException)
        {
            // Told below, as anything else that is no policy.
        }

        throw new AwsException("MalformedPolicyDocument", 400, "This policy contains invalid Json");
    }
}
