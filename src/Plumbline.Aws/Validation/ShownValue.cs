using System.Globalization;
using System.Text.Json.Nodes;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Validation;

/// <summary>A value in a message, in the form that AWS's Java services give it.</summary>
internal static class ShownValue
{
    // Members that AWS's messages show, but no model has.
    private static readonly Dictionary<string, string> Inside = new()
    {
        ["PutEventsRequestEntry"] = ", kmsKeyIdentifier=null, internalMetadata=null",
    };

    public static string Of(JsonNode value, Shape shape) =>
        (value, shape.Kind) switch
        {
            (JsonArray list, ShapeKind.List) => $"[{string.Join(", ", list.Select(item => Item(item, shape.Member)))}]",
            (JsonObject map, ShapeKind.Map) =>
                $"{{{string.Join(", ", map.Select(entry => $"{entry.Key}={Item(entry.Value, shape.Value)}"))}}}",
            (JsonObject tree, ShapeKind.Structure) =>
                $"{shape.Name}({Members(tree, shape)}{Inside.GetValueOrDefault(shape.Name)})",
            (_, ShapeKind.Double or ShapeKind.Float) when Tree.Double(value) is { } number => Numbers.Text(number),
            (_, ShapeKind.Timestamp) when Tree.Double(value) is { } seconds && Timestamps.Moment(seconds) is { } time =>
                time.ToString("ddd MMM dd HH:mm:ss 'UTC' yyyy", CultureInfo.InvariantCulture),
            _ => Tree.Text(value) ?? value.ToJsonString(),
        };

    private static string Members(JsonObject tree, Shape shape) =>
        string.Join(
            ", ",
            shape.Members.Select(member =>
                $"{char.ToLowerInvariant(member.Key[0])}{member.Key[1..]}={Item(tree[member.Key], member.Value)}"
            )
        );

    private static string Item(JsonNode? value, Shape shape) => value is null ? "null" : Of(value, shape);
}
