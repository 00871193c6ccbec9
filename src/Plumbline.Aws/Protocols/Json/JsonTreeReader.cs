using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Models;

namespace Plumbline.Aws.Protocols.Json;

/// <summary>
/// Reads a JSON body into a tree in one pass, guided by the shape. Like AWS, it leaves out members that the shape does
/// not have, and reads null as absent; a value of another kind is an error.
/// </summary>
internal static class JsonTreeReader
{
    /// <summary>Reads a body with a structure's members; an empty body is an empty structure.</summary>
    public static JsonObject ReadBody(ReadOnlySpan<byte> body, Shape? shape) =>
        ReadValue(body, shape, ShapeKind.Structure) as JsonObject ?? [];

    public static JsonNode? ReadValue(ReadOnlySpan<byte> body, Shape? shape, ShapeKind expected)
    {
        if (shape is null || body.IsEmpty)
        {
            return null;
        }

        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = JsonDepth.Bodies });
            reader.Read();
            var value = Read(ref reader, shape);
            reader.Read();
            return expected == ShapeKind.Structure && value is not (JsonObject or null)
                ? throw Unexpected(JsonTokenType.None, shape)
                : value;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw WireErrors.Serialization("The body is not well-formed JSON", error);
        }
    }

    private static JsonNode? Read(ref Utf8JsonReader reader, Shape shape)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        return shape.Kind switch
        {
            ShapeKind.Structure => Structure(ref reader, shape),
            ShapeKind.List => List(ref reader, shape),
            ShapeKind.Map => Map(ref reader, shape),
            ShapeKind.Document => JsonNode.Parse(ref reader),
            _ => Scalar(ref reader, shape),
        };
    }

    private static JsonObject Structure(ref Utf8JsonReader reader, Shape shape)
    {
        Expect(reader.TokenType, JsonTokenType.StartObject, shape);
        var tree = new JsonObject();
        var byWireName = shape.WireMembers;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (!byWireName.TryGetValue(name, out var member) || member.Value.Location is not null)
            {
                reader.Skip();
            }
            else if (Read(ref reader, member.Value) is { } value)
            {
                tree[member.Key] = value;
            }
        }

        return tree;
    }

    private static JsonArray List(ref Utf8JsonReader reader, Shape shape)
    {
        Expect(reader.TokenType, JsonTokenType.StartArray, shape);
        var tree = new JsonArray();
        var member = shape.Member;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            tree.Add(Read(ref reader, member));
        }

        return tree;
    }

    private static JsonObject Map(ref Utf8JsonReader reader, Shape shape)
    {
        Expect(reader.TokenType, JsonTokenType.StartObject, shape);
        var tree = new JsonObject();
        var member = shape.Value;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var key = reader.GetString()!;
            reader.Read();
            if (Read(ref reader, member) is { } value)
            {
                tree[key] = value;
            }
        }

        return tree;
    }

    private static JsonNode Scalar(ref Utf8JsonReader reader, Shape shape) =>
        (shape.Kind, reader.TokenType) switch
        {
            (ShapeKind.String, JsonTokenType.String) => JsonValue.Create(reader.GetString()!),
            (ShapeKind.Blob, JsonTokenType.String) => Base64(ref reader),
            (ShapeKind.Integer or ShapeKind.Long, JsonTokenType.Number) => Whole(ref reader, shape),
            (ShapeKind.Double or ShapeKind.Float, JsonTokenType.Number) => JsonValue.Create(reader.GetDouble()),
            (ShapeKind.Double or ShapeKind.Float, JsonTokenType.String) => Numbers.Node(
                Numbers.Parse(reader.GetString()!)
            ),
            (ShapeKind.Boolean, JsonTokenType.True or JsonTokenType.False) => JsonValue.Create(reader.GetBoolean()),
            (ShapeKind.Timestamp, JsonTokenType.Number) => Timestamps.Node(reader.GetDouble()),
            (ShapeKind.Timestamp, JsonTokenType.String) => Timestamps.Parse(reader.GetString()!),
            _ => throw Unexpected(reader.TokenType, shape),
        };

    private static JsonValue Whole(ref Utf8JsonReader reader, Shape shape)
    {
        if (reader.TryGetInt64(out var whole))
        {
            return JsonValue.Create(whole);
        }

        var number = reader.GetDouble();
        return number == Math.Floor(number) && Math.Abs(number) < 9e18
            ? JsonValue.Create((long)number)
            : throw WireErrors.Serialization($"DECIMAL_VALUE can not be converted to {Article(shape)}");
    }

    private static JsonValue Base64(ref Utf8JsonReader reader) =>
        reader.TryGetBytesFromBase64(out var bytes)
            ? JsonValue.Create(Convert.ToBase64String(bytes))
            : throw WireErrors.Serialization("The value is not base64");

    private static void Expect(JsonTokenType found, JsonTokenType expected, Shape shape)
    {
        if (found != expected)
        {
            throw Unexpected(found, shape);
        }
    }

    private static Exception Unexpected(JsonTokenType found, Shape shape) =>
        WireErrors.Serialization(
            found switch
            {
                JsonTokenType.StartObject => "Start of structure or map found where not expected.",
                JsonTokenType.StartArray => "Start of list found where not expected",
                JsonTokenType.String => $"STRING_VALUE can not be converted to {Article(shape)}",
                JsonTokenType.Number => $"NUMBER_VALUE can not be converted to {Article(shape)}",
                JsonTokenType.True => $"TRUE_VALUE can not be converted to {Article(shape)}",
                JsonTokenType.False => $"FALSE_VALUE can not be converted to {Article(shape)}",
                _ => $"The body is not {Article(shape)}",
            }
        );

    private static string Article(Shape shape) => shape.Kind == ShapeKind.Integer ? "an Integer" : $"a {shape.Kind}";
}
