using System.Formats.Cbor;
using System.Text.Json.Nodes;
using Plumbline.Aws.Models;

namespace Plumbline.Aws.Protocols.Cbor;

/// <summary>
/// Reads CBOR into a tree in one pass, guided by the shape; members that the shape does not have are left out.
/// </summary>
internal static class CborTreeReader
{
    public static JsonObject ReadBody(ReadOnlyMemory<byte> body, Shape? shape)
    {
        if (shape is null || body.IsEmpty)
        {
            return [];
        }

        return Guard(body, reader => Read(reader, shape)) as JsonObject ?? [];
    }

    /// <summary>Reads text and numbers of an error that is not in the model, without a shape.</summary>
    public static JsonObject ReadAny(ReadOnlyMemory<byte> body) =>
        body.IsEmpty ? [] : Guard(body, Any) as JsonObject ?? [];

    private static JsonNode? Guard(ReadOnlyMemory<byte> body, Func<CborReader, JsonNode?> read)
    {
        try
        {
            return read(new CborReader(body, CborConformanceMode.Lax));
        }
        catch (Exception error) when (error is CborContentException or InvalidOperationException or OverflowException)
        {
            throw WireErrors.Serialization("The body is not valid CBOR for the operation", error);
        }
    }

    private static JsonNode? Read(CborReader reader, Shape shape)
    {
        if (reader.PeekState() == CborReaderState.Null)
        {
            reader.ReadNull();
            return null;
        }

        return shape.Kind switch
        {
            ShapeKind.Structure => Structure(reader, shape),
            ShapeKind.List => List(reader, shape),
            ShapeKind.Map => Map(reader, shape),
            ShapeKind.String => JsonValue.Create(reader.ReadTextString()),
            ShapeKind.Boolean => JsonValue.Create(reader.ReadBoolean()),
            ShapeKind.Integer or ShapeKind.Long => JsonValue.Create(reader.ReadInt64()),
            ShapeKind.Blob => JsonValue.Create(Convert.ToBase64String(reader.ReadByteString())),
            ShapeKind.Timestamp => Timestamp(reader),
            ShapeKind.Float => Numbers.Node((float)Number(reader)),
            ShapeKind.Double => Numbers.Node(Number(reader)),
            _ => Any(reader),
        };
    }

    private static JsonObject Structure(CborReader reader, Shape shape)
    {
        var tree = new JsonObject();
        reader.ReadStartMap();
        while (reader.PeekState() != CborReaderState.EndMap)
        {
            if (!shape.WireMembers.TryGetValue(reader.ReadTextString(), out var member))
            {
                reader.SkipValue();
            }
            else if (Read(reader, member.Value) is { } value)
            {
                tree[member.Key] = value;
            }
        }

        reader.ReadEndMap();
        return tree;
    }

    private static JsonArray List(CborReader reader, Shape shape)
    {
        var items = new JsonArray();
        reader.ReadStartArray();
        while (reader.PeekState() != CborReaderState.EndArray)
        {
            items.Add(Read(reader, shape.Member));
        }

        reader.ReadEndArray();
        return items;
    }

    private static JsonObject Map(CborReader reader, Shape shape)
    {
        var map = new JsonObject();
        reader.ReadStartMap();
        while (reader.PeekState() != CborReaderState.EndMap)
        {
            var key = reader.ReadTextString();
            if (Read(reader, shape.Value) is { } value)
            {
                map[key] = value;
            }
        }

        reader.ReadEndMap();
        return map;
    }

    private static JsonNode Timestamp(CborReader reader)
    {
        if (reader.PeekState() == CborReaderState.Tag)
        {
            reader.ReadTag();
        }

        return Timestamps.Node(Number(reader));
    }

    private static double Number(CborReader reader) =>
        reader.PeekState() is CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger
            ? reader.ReadInt64()
            : reader.ReadDouble();

    private static JsonNode? Any(CborReader reader)
    {
        switch (reader.PeekState())
        {
            case CborReaderState.StartMap:
                var map = new JsonObject();
                reader.ReadStartMap();
                while (reader.PeekState() != CborReaderState.EndMap)
                {
                    map[reader.ReadTextString()] = Any(reader);
                }

                reader.ReadEndMap();
                return map;
            case CborReaderState.TextString:
            case CborReaderState.StartIndefiniteLengthTextString:
                return reader.ReadTextString();
            case CborReaderState.UnsignedInteger:
            case CborReaderState.NegativeInteger:
                return reader.ReadInt64();
            case CborReaderState.HalfPrecisionFloat:
            case CborReaderState.SinglePrecisionFloat:
            case CborReaderState.DoublePrecisionFloat:
                return Numbers.Node(reader.ReadDouble());
            case CborReaderState.Boolean:
                return reader.ReadBoolean();
            default:
                reader.SkipValue();
                return null;
        }
    }
}
