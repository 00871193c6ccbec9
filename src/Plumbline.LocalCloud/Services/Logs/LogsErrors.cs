using Plumbline.Aws.Errors;

namespace Plumbline.LocalCloud.Services.Logs;

/// <summary>CloudWatch Logs' errors, in its words.</summary>
internal static class LogsErrors
{
    public static AwsException NoGroup() =>
        new("ResourceNotFoundException", 400, "The specified log group does not exist.");

    public static AwsException NoStream() =>
        new("ResourceNotFoundException", 400, "The specified log stream does not exist.");

    public static AwsException GroupExists() =>
        new("ResourceAlreadyExistsException", 400, "The specified log group already exists");

    public static AwsException StreamExists() =>
        new("ResourceAlreadyExistsException", 400, "The specified log stream already exists");

    public static AwsException Invalid(string message) => new("InvalidParameterException", 400, message);
}
