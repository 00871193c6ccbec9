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

    public static AwsException PolicyExists(string name) =>
        new("EntityAlreadyExists", 409, $"A policy called {name} already exists. Duplicate names are not allowed.");

    public static AwsException Invalid(string message) => new("InvalidInput", 400, message);

    public static AwsException NoSuchManagedPolicy(string arn) =>
        new("NoSuchEntity", 404, $"Policy {arn} was not found.");

    public static AwsException NotAttachable(string arn) =>
        new("NoSuchEntity", 404, $"Policy {arn} does not exist or is not attachable.");

    public static AwsException NoSuchVersion(string arn, string version) =>
        new("NoSuchEntity", 404, $"Policy {arn} version {version} does not exist or is not attachable.");

    public static AwsException DeleteConflict(string message) => new("DeleteConflict", 409, message);

    public static AwsException LimitExceeded(string message) => new("LimitExceeded", 409, message);
}
