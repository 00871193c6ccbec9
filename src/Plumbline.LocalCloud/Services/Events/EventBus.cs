using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Services.Events;

/// <summary>The one event bus.</summary>
internal static class EventBus
{
    public const string Name = "default";

    public const string Arn =
        $"arn:aws:events:{LocalCloudIdentity.Region}:{LocalCloudIdentity.Account}:event-bus/{Name}";

    public static string ArnOf(string name) => Arn[..^Name.Length] + name;

    /// <summary>True where a bus is meant that is here; a request that names none means this one.</summary>
    public static bool IsMeantBy(string? nameOrArn) => nameOrArn is null or Name or Arn;

    /// <exception cref="Aws.Errors.AwsException">The request names another bus.</exception>
    public static void Require(JsonObject input)
    {
        if (input.Text("EventBusName") is { } name && !IsMeantBy(name))
        {
            throw EventsErrors.NoBus(name);
        }
    }
}
