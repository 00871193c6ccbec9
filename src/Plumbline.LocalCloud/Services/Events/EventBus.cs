using Plumbline.LocalCloud.Identity;

namespace Plumbline.LocalCloud.Services.Events;

/// <summary>The default event bus, the only one here.</summary>
internal static class EventBus
{
    public const string Name = "default";

    public const string Arn =
        $"arn:aws:events:{LocalCloudIdentity.Region}:{LocalCloudIdentity.Account}:event-bus/{Name}";

    public static string ArnOf(string name) => LocalArn.Of("events", $"event-bus/{name}");

    /// <summary>True if a name or an ARN means this bus; a request without one means it too.</summary>
    public static bool IsMeantBy(string? nameOrArn) => nameOrArn is null or Name or Arn;

    /// <param name="nameOrArn">The request's EventBusName.</param>
    /// <exception cref="Aws.Errors.AwsException">The request names another bus.</exception>
    public static void Require(string? nameOrArn)
    {
        if (!IsMeantBy(nameOrArn))
        {
            throw EventsErrors.NoBus(nameOrArn!);
        }
    }
}
