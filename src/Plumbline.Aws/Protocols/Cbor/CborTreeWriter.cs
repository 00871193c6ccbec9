using System.Buffers.Binary;
using System.Formats.Cbor;
using System.Text.Json.Nodes;
using Plumbline.Aws.Models;

namespace Plumbline.Aws.Protocols.Cbor;

/// <summary>Writes a tree as CBOR, guided by the shape; members that the shape does not have are left out.</summary>
internal static class CborTreeWriter
{
    public static byte[] Body(JsonObject tree, Shape? shape, params ReadOnlySpan<(string Name, string Value)> first)
    {
        var writer = new CborWriter(CborConformanceMode.Lax);
        var members = Present(tree, shape);
        writer.WriteStartMap(members.Count + first.Length);
        foreach (var (name, value) in first)
        {
            writer.WriteTextString(name);
            writer.WriteTextString(value);
        }

        Members(writer, members);
        writer.WriteEndMap();
        return writer.Encode();
    }

    private static List<(string Name, JsonNode Value, Shape Shape)> Present(JsonObject tree, Shape? shape)
    {
        var members = new List<(string, JsonNode, Shape)>(tree.Count);
        foreach (var (name, value) in tree)
        {
            if (value is not null && shape is not null && shape.Members.TryGetValue(name, out var member))
            {
                members.Add((member.LocationName ?? name, value, member));
            }
        }

        return members;
    }

    private static void Members(CborWriter writer, List<(string Name, JsonNode Value, Shape Shape)> members)
    {
        foreach (var (name, value, shape) in members)
        {
            writer.WriteTextString(name);
            Write(writer, value, shape);
        }
    }

    private static void Write(CborWriter writer, JsonNode? value, Shape shape)
    {
        switch (value, shape.Kind)
        {
            case (null, _):
                writer.WriteNull();
                break;
            case (JsonObject tree, ShapeKind.Structure):
                var members = Present(tree, shape);
                writer.WriteStartMap(members.Count);
                Members(writer, members);
                writer.WriteEndMap();
                break;
            case (JsonArray list, ShapeKind.List):
                writer.WriteStartArray(list.Count);
                foreach (var item in list)
                {
                    Write(writer, item, shape.Member);
                }

                writer.WriteEndArray();
                break;
            case (JsonObject map, ShapeKind.Map):
                writer.WriteStartMap(map.Count);
                foreach (var (key, item) in map)
                {
                    writer.WriteTextString(key);
                    Write(writer, item, shape.Value);
                }

                writer.WriteEndMap();
                break;
            default:
                Scalar(writer, value, shape);
                break;
        }
    }

    private static void Scalar(CborWriter writer, JsonNode value, Shape shape)
    {
        switch (shape.Kind)
        {
            case ShapeKind.Timestamp:
                writer.WriteTag(CborTag.UnixTimeSeconds);
                Double(writer, Tree.Double(value) ?? throw Unfit(value, shape));
                break;
            case ShapeKind.Double or ShapeKind.Float:
                Double(writer, Tree.Double(value) ?? throw Unfit(value, shape));
                break;
            case ShapeKind.Integer or ShapeKind.Long:
                writer.WriteInt64(Tree.Long(value) ?? throw Unfit(value, shape));
                break;
            case ShapeKind.Boolean:
                writer.WriteBoolean(value.GetValue<bool>());
                break;
            case ShapeKind.Blob:
                writer.WriteByteString(Convert.FromBase64String(Tree.Text(value) ?? throw Unfit(value, shape)));
                break;
            default:
                writer.WriteTextString(Tree.Text(value) ?? throw Unfit(value, shape));
                break;
        }
    }

    /// <summary>Always writes 9 bytes: not every client reads the short forms that CborWriter would choose.</summary>
    private static void Double(CborWriter writer, double number)
    {
        Span<byte> encoded = stackalloc byte[9];
        encoded[0] = 0xFB;
        BinaryPrimitives.WriteDoubleBigEndian(encoded[1..], number);
        writer.WriteEncodedValue(encoded);
    }

    private static Exception Unfit(JsonNode value, Shape shape) =>
        WireErrors.Serialization($"{value.ToJsonString()} is not a {shape.Kind}");
}
