namespace Plumbline.Aws.Errors;

/// <summary>
/// The kinds of error that callers act on. SageMaker and CloudFormation answer many of them as a validation error, so that
/// only the message tells them apart; no other code reads messages.
/// </summary>
public static class ErrorKinds
{
    /// <summary>True if the error says that the named resource is missing.</summary>
    public static bool IsMissing(this AwsException error) =>
        error.Code is "ResourceNotFound" or "ResourceNotFoundException"
        || error.IsValidation() && (error.Says("Could not find") || error.Says("does not exist"));

    /// <summary>True if the error says that a resource of this name exists already.</summary>
    public static bool IsExisting(this AwsException error) =>
        error.Code.Contains("Exists", StringComparison.Ordinal) || error.Says("already exist");

    /// <summary>True if the resource refuses a change because an earlier one is in progress.</summary>
    public static bool IsInProgress(this AwsException error) => error.IsValidation() && error.Says("in-progress");

    /// <summary>True if the caller may not hand a role to the service.</summary>
    public static bool IsPassRoleDenied(this AwsException error) =>
        error.Code == "AccessDeniedException" && error.Says("iam:PassRole");

    private static bool IsValidation(this AwsException error) =>
        error.Code is "ValidationException" or "ValidationError";

    private static bool Says(this AwsException error, string words) =>
        error.Message.Contains(words, StringComparison.OrdinalIgnoreCase);
}
