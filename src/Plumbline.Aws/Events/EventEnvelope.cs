using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Events;

/// <summary>An event in EventBridge's envelope.</summary>
public sealed record EventEnvelope(JsonObject Tree)
{
    private const string DetailMember = "detail";
    private const string DetailTypeMember = "detail-type";
    private const string IdMember = "id";
    private const string TimeMember = "time";

    /// <summary>AWS's reference also requires <c>resources</c>; AWS itself does not.</summary>
    private static readonly string[] Required = [IdMember, "account", "source", TimeMember, "region", DetailTypeMember];

    public string? Id => Tree.Text(IdMember);

    public string? DetailType => Tree.Text(DetailTypeMember);

    /// <summary>The time as the event has it: text in ISO 8601.</summary>
    public JsonNode? Time => Tree[TimeMember];

    /// <summary>True if a document has the members of the envelope.</summary>
    public static bool Is(JsonElement document) =>
        document.ValueKind == JsonValueKind.Object
        && Array.TrueForAll(Required, member => document.TryGetProperty(member, out _));

    /// <summary>Puts a new event into its envelope.</summary>
    public static EventEnvelope Of(
        string source,
        string detailType,
        DateTimeOffset time,
        string account,
        string region,
        IEnumerable<string> resources,
        JsonObject detail
    ) =>
        new(
            new JsonObject
            {
                ["version"] = "0",
                [IdMember] = Guid.NewGuid().ToString(),
                [DetailTypeMember] = detailType,
                ["source"] = source,
                ["account"] = account,
                [TimeMember] = time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null),
                ["region"] = region,
                ["resources"] = new JsonArray([.. resources.Select(resource => JsonValue.Create(resource))]),
                [DetailMember] = detail,
            }
        );

    /// <summary>Returns a copy of the envelope without the event's own content.</summary>
    public JsonObject WithoutDetail()
    {
        var envelope = Tree.DeepClone().AsObject();
        envelope.Remove(DetailMember);
        return envelope;
    }
}
