using System.Globalization;
using System.Text.Json.Nodes;
using Plumbline.Aws.Models;

namespace Plumbline.Aws.Protocols;

/// <summary>Single values as text: in paths, queries, headers and XML.</summary>
internal static class Scalars
{
    /// <param name="value">A value of the tree.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="timestampFormat">The format of timestamps in this place, if the shape does not set one.</param>
    public static string Text(JsonNode value, Shape shape, string timestampFormat) =>
        shape.Kind switch
        {
            ShapeKind.Timestamp => Timestamps.Text(value, shape.TimestampFormat ?? timestampFormat),
            ShapeKind.Double => Numbers.Text(Tree.Double(value) ?? throw Unfit(value, shape)),
            ShapeKind.Float => Numbers.Text(Tree.Double(value) ?? throw Unfit(value, shape)),
            ShapeKind.Integer or ShapeKind.Long => (Tree.Long(value) ?? throw Unfit(value, shape)).ToString(
                CultureInfo.InvariantCulture
            ),
            ShapeKind.Boolean => value.GetValue<bool>() ? "true" : "false",
            _ => Tree.Text(value) ?? throw Unfit(value, shape),
        };

    public static JsonNode Node(string text, Shape shape) =>
        shape.Kind switch
        {
            ShapeKind.Timestamp => Timestamps.Parse(text.Trim()),
            ShapeKind.Double or ShapeKind.Float => Numbers.Node(Numbers.Parse(text.Trim())),
            ShapeKind.Integer or ShapeKind.Long => JsonValue.Create(Numbers.ParseWhole(text.Trim())),
            ShapeKind.Boolean => JsonValue.Create(Truth(text.Trim())),
            ShapeKind.Blob => JsonValue.Create(Base64(text)),
            _ => JsonValue.Create(text),
        };

    private static bool Truth(string text) =>
        text.Equals("true", StringComparison.OrdinalIgnoreCase)
        || (
            text.Equals("false", StringComparison.OrdinalIgnoreCase)
                ? false
                : throw WireErrors.Serialization($"'{text}' can not be converted to a Boolean")
        );

    private static string Base64(string text)
    {
        try
        {
            return Convert.ToBase64String(Convert.FromBase64String(text));
        }
        catch (FormatException error)
        {
            throw WireErrors.Serialization("The value is not base64", error);
        }
    }

    private static Exception Unfit(JsonNode value, Shape shape) =>
        WireErrors.Serialization($"{value.ToJsonString()} is not a {shape.Kind}");
}
