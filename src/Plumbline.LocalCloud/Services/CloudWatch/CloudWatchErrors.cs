using Plumbline.Aws.Errors;

namespace Plumbline.LocalCloud.Services.CloudWatch;

/// <summary>CloudWatch's errors, in its words.</summary>
internal static class CloudWatchErrors
{
    public static AwsException Validation(string message) => new("ValidationError", 400, message);

    public static AwsException InvalidValue(string message) => new("InvalidParameterValue", 400, message);

    public static AwsException InvalidCombination(string message) => new("InvalidParameterCombination", 400, message);

    public static AwsException Missing(string message) => new("MissingParameter", 400, message);

    public static AwsException TooManyTags() =>
        InvalidValue($"The limit for tags is {TagList.Most} for each resource.");

    public static AwsException InvalidToken() => new("InvalidNextToken", 400, "Request parameter NextToken is invalid");

    /// <summary>AWS's error has no message.</summary>
    public static AwsException NoAlarm() => new("ResourceNotFound", 404, "");

    /// <summary>The error of the tagging operations.</summary>
    public static AwsException NoResource(string arn) =>
        new("ResourceNotFoundException", 404, $"Unknown resource: {arn}");
}
