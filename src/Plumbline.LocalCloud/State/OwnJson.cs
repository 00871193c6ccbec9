using System.Text.Json;
using System.Text.Json.Serialization;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.State;

/// <summary>
/// Stores the local cloud's own records as JSON: the properties that can be set, by their names, without nulls.
/// </summary>
internal static class OwnJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        IgnoreReadOnlyProperties = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        MaxDepth = JsonDepth.Kept,
    };

    public static string Write<T>(T record) => JsonSerializer.Serialize(record, Options);

    /// <summary>Reads a record that <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">The text is not such a record.</exception>
    public static T Read<T>(string text) =>
        JsonSerializer.Deserialize<T>(text, Options) ?? throw new JsonException("The text is not an object.");
}
