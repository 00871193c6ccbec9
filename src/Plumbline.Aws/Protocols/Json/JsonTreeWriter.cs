using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Models;

namespace Plumbline.Aws.Protocols.Json;

/// <summary>
/// Writes a tree as a JSON body, guided by the shape; members that the shape does not have are left out.
/// </summary>
internal static class JsonTreeWriter
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
        MaxDepth = JsonDepth.Bodies,
    };

    /// <summary>The structure's body members as one object.</summary>
    public static ReadOnlyMemory<byte> Body(JsonNode tree, Shape? shape, Action<Utf8JsonWriter>? first = null)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            if (tree is JsonObject members && shape?.Kind is null or ShapeKind.Structure)
            {
                writer.WriteStartObject();
                first?.Invoke(writer);
                Members(writer, (JsonObject)tree, shape);
                writer.WriteEndObject();
            }
            else
            {
                Write(writer, tree, shape!);
            }
        }

        return buffer.WrittenMemory;
    }

    private static void Members(Utf8JsonWriter writer, JsonObject tree, Shape? shape)
    {
        foreach (var (name, value) in tree)
        {
            if (
                value is null
                || shape is null
                || !shape.Members.TryGetValue(name, out var member)
                || member.Location is not null
            )
            {
                continue;
            }

            writer.WritePropertyName(member.LocationName ?? name);
            Write(writer, value, member);
        }
    }

    private static void Write(Utf8JsonWriter writer, JsonNode? value, Shape shape)
    {
        switch (value, shape.Kind)
        {
            case (null, _):
                writer.WriteNullValue();
                break;
            case (JsonObject tree, ShapeKind.Structure):
                writer.WriteStartObject();
                Members(writer, tree, shape);
                writer.WriteEndObject();
                break;
            case (JsonArray list, ShapeKind.List):
                writer.WriteStartArray();
                var member = shape.Member;
                foreach (var item in list)
                {
                    Write(writer, item, member);
                }

                writer.WriteEndArray();
                break;
            case (JsonObject map, ShapeKind.Map):
                writer.WriteStartObject();
                var valueShape = shape.Value;
                foreach (var (key, item) in map)
                {
                    writer.WritePropertyName(key);
                    Write(writer, item, valueShape);
                }

                writer.WriteEndObject();
                break;
            case (_, ShapeKind.Timestamp) when shape.TimestampFormat is { } format && !Timestamps.IsUnix(format):
                writer.WriteStringValue(Timestamps.Text(value, format));
                break;
            case (_, ShapeKind.Double or ShapeKind.Float)
                when Tree.Double(value) is { } number && double.IsFinite(number):
                writer.WriteRawValue(Numbers.Text(number), skipInputValidation: true);
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
