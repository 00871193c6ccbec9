using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plumbline.LocalCloud.Services.Events.Incoming;

/// <summary>An event in EventBridge's envelope.</summary>
internal static class EventEnvelope
{
    /// <summary>AWS's reference also requires <c>resources</c>; AWS itself does not.</summary>
    private static readonly string[] Required = ["id", "account", "source", "time", "region", "detail-type"];

    /// <summary>True if a document has the members of the envelope.</summary>
    public static bool Is(JsonElement document) =>
        document.ValueKind == JsonValueKind.Object
        && Array.TrueForAll(Required, member => document.TryGetProperty(member, out _));

    public static JsonObject Of(
        string id,
        string source,
        string detailType,
        DateTimeOffset time,
        IEnumerable<string> resources,
        JsonObject detail
    ) =>
        new()
        {
            ["version"] = "0",
            ["id"] = id,
            ["detail-type"] = detailType,
            ["source"] = source,
            ["account"] = LocalCloudIdentity.Account,
            ["time"] = time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null),
            ["region"] = LocalCloudIdentity.Region,
            ["resources"] = new JsonArray([.. resources.Select(resource => JsonValue.Create(resource))]),
            ["detail"] = detail,
        };
}
