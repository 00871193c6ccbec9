using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plumbline.Aws.Protocols;

/// <summary>
/// Reads the trees that codecs make. A JsonValue returns a number only in the type that it was made with; these methods
/// return it in any type, whatever the tree's source.
/// </summary>
public static class Tree
{
    /// <summary>The member's text; null if it is absent or not text.</summary>
    public static string? Text(this JsonObject tree, string name) => Text(tree[name]);

    /// <summary>The member's whole number; null if it is absent or not one.</summary>
    public static long? Long(this JsonObject tree, string name) => Long(tree[name]);

    /// <summary>
    /// The member's whole number; null if it is absent or not one. A number beyond 32 bits is the nearest one, because a
    /// wrapped one could pass the check of a range.
    /// </summary>
    public static int? Int(this JsonObject tree, string name) =>
        Long(tree[name]) is { } whole ? (int)Math.Clamp(whole, int.MinValue, int.MaxValue) : null;

    /// <summary>The member's number; null if it is absent or not one.</summary>
    public static double? Double(this JsonObject tree, string name) => Double(tree[name]);

    /// <summary>The member's Boolean; null if it is absent or not one.</summary>
    public static bool? Bool(this JsonObject tree, string name) =>
        tree[name]?.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };

    /// <summary>The member's time; null if it is absent, before year 1 or after year 9999.</summary>
    public static DateTimeOffset? Time(this JsonObject tree, string name) =>
        Double(tree[name]) is { } seconds ? Timestamps.Moment(seconds) : null;

    /// <summary>The member's object; null if it is absent or not one.</summary>
    public static JsonObject? Object(this JsonObject tree, string name) => tree[name] as JsonObject;

    /// <summary>The member's list; null if it is absent or not one.</summary>
    public static JsonArray? Array(this JsonObject tree, string name) => tree[name] as JsonArray;

    /// <summary>The objects in the member's list; empty if it is absent.</summary>
    public static IEnumerable<JsonObject> Objects(this JsonObject tree, string name) =>
        (tree[name] as JsonArray)?.OfType<JsonObject>() ?? [];

    /// <summary>The texts in the member's list; empty if it is absent.</summary>
    public static IEnumerable<string> Texts(this JsonObject tree, string name) =>
        (tree[name] as JsonArray)?.Select(Text).OfType<string>() ?? [];

    /// <summary>The numbers in the member's list; empty if it is absent.</summary>
    public static IEnumerable<double> Doubles(this JsonObject tree, string name) =>
        (tree[name] as JsonArray)?.Select(Double).OfType<double>() ?? [];

    /// <summary>The times in the member's list; empty if it is absent.</summary>
    public static IEnumerable<DateTimeOffset> Times(this JsonObject tree, string name) =>
        tree.Doubles(name).Select(Timestamps.Moment).OfType<DateTimeOffset>();

    /// <summary>The texts of the member's map by their keys; empty if it is absent.</summary>
    public static IReadOnlyDictionary<string, string> Map(this JsonObject tree, string name) =>
        (tree[name] as JsonObject ?? [])
            .Where(entry => Text(entry.Value) is not null)
            .ToDictionary(entry => entry.Key, entry => Text(entry.Value)!);

    /// <summary>A timestamp in the form of trees: seconds since 1970.</summary>
    public static JsonNode Of(DateTimeOffset time) => JsonValue.Create(time.ToUnixTimeMilliseconds() / 1000.0);

    /// <summary>The node's text; null if it is not text.</summary>
    public static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>The node's whole number; null if it is not one.</summary>
    public static long? Long(JsonNode? node)
    {
        if (node is not JsonValue value)
        {
            return null;
        }

        return value.TryGetValue(out long whole) ? whole
            : value.TryGetValue(out int small) ? small
            : Double(value) is { } number && number == Math.Floor(number) && Math.Abs(number) < 9e18 ? (long)number
            : null;
    }

    /// <summary>The node's number, NaN and the infinities included; null if it is not one.</summary>
    public static double? Double(JsonNode? node)
    {
        if (node is not JsonValue value)
        {
            return null;
        }

        return value.GetValueKind() switch
        {
            JsonValueKind.Number when value.TryGetValue(out double number) => number,
            JsonValueKind.Number => double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture),
            JsonValueKind.String => Numbers.Special(Text(value)),
            _ => null,
        };
    }
}
