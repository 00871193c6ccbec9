using Plumbline.Aws.Errors;

namespace Plumbline.LocalCloud.Services.CodeBuild;

/// <summary>CodeBuild's errors, in its words.</summary>
internal static class CodeBuildErrors
{
    public static AwsException ProjectExists(string arn) =>
        new("ResourceAlreadyExistsException", 400, $"Project already exists: {arn}");

    public static AwsException NoProject(string arn) =>
        new("ResourceNotFoundException", 400, $"Project cannot be found: {arn}");

    public static AwsException NoBuild(string id) =>
        new("ResourceNotFoundException", 400, $"Build cannot be found: {id}");

    public static AwsException Invalid(string message) => new("InvalidInputException", 400, message);
}
