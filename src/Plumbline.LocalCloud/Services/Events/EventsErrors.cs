using Plumbline.Aws.Errors;

namespace Plumbline.LocalCloud.Services.Events;

/// <summary>EventBridge's errors, in its words.</summary>
internal static class EventsErrors
{
    public static AwsException Validation(string message) => new("ValidationException", 400, message);

    public static AwsException NoRule(string name) =>
        new("ResourceNotFoundException", 400, $"Rule {name} does not exist on EventBus {EventBus.Name}.");

    public static AwsException NoBus(string name) =>
        new("ResourceNotFoundException", 400, $"Event bus {name} does not exist.");

    public static AwsException TooMany() =>
        new("LimitExceededException", 400, "The requested resource exceeds the maximum number allowed.");
}
