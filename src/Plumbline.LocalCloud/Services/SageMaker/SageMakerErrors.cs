using Plumbline.Aws.Errors;

namespace Plumbline.LocalCloud.Services.SageMaker;

/// <summary>SageMaker's errors. Clients search for these texts, so they must not change.</summary>
internal static class SageMakerErrors
{
    /// <summary>SageMaker answers most errors with a ValidationException, even for a missing resource.</summary>
    public static AwsException Validation(string message) => new("ValidationException", 400, message);

    /// <param name="kind">
    /// AWS's word for the kind: <c>endpoint</c>, <c>endpoint configuration</c>, <c>model</c>.
    /// </param>
    public static AwsException AlreadyExists(string kind, string arn) =>
        Validation($"Cannot create already existing {kind} \"{arn}\".");

    public static AwsException NotFound(string kind, string arn) => Validation($"Could not find {kind} \"{arn}\".");

    /// <summary>The request uses a part of AWS's API that the local cloud does not implement.</summary>
    public static AwsException NotHere(string what) => Validation($"{what} is not implemented by the local cloud.");

    /// <summary>The request is valid, but the resource's state or an earlier request does not allow it.</summary>
    public static AwsException Conflict(string message) => new("ConflictException", 400, message);
}
