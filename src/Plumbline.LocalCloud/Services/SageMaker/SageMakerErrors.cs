using Plumbline.Aws.Errors;

namespace Plumbline.LocalCloud.Services.SageMaker;

/// <summary>SageMaker's errors, in the words that clients look for.</summary>
internal static class SageMakerErrors
{
    /// <summary>Most of what is wrong is a ValidationException, a resource that is not there too.</summary>
    public static AwsException Validation(string message) => new("ValidationException", 400, message);

    /// <summary>The name is taken.</summary>
    /// <param name="kind">As AWS calls it: <c>endpoint</c>, <c>endpoint configuration</c>, <c>model</c>.</param>
    public static AwsException AlreadyExists(string kind, string arn) =>
        Validation($"Cannot create already existing {kind} \"{arn}\".");

    /// <summary>There is no such resource.</summary>
    public static AwsException NotFound(string kind, string arn) => Validation($"Could not find {kind} \"{arn}\".");

    /// <summary>The local cloud leaves this out.</summary>
    public static AwsException NotHere(string what) => Validation($"{what} is not implemented by the local cloud.");

    /// <summary>The request is right, but another stands in its way.</summary>
    public static AwsException Conflict(string message) => new("ConflictException", 400, message);
}
