using Plumbline.Aws.Errors;

namespace Plumbline.LocalCloud.Services.Sns;

/// <summary>SNS's errors, in its words.</summary>
internal static class SnsErrors
{
    public static AwsException Invalid(string what) => new("InvalidParameter", 400, $"Invalid parameter: {what}");

    public static AwsException NoTopic() => new("NotFound", 404, "Topic does not exist");

    public static AwsException NoSubscription() => new("NotFound", 404, "Subscription does not exist");

    public static AwsException TooManyTags() =>
        new("TagLimitExceeded", 400, "Could not complete request: tag quota of per resource exceeded");

    /// <summary>The error of the tagging operations.</summary>
    public static AwsException NoResource() => new("ResourceNotFound", 404, "Resource does not exist");
}
