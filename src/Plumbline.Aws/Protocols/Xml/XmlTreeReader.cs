using System.Text.Json.Nodes;
using System.Xml;
using Plumbline.Aws.Models;

namespace Plumbline.Aws.Protocols.Xml;

/// <summary>
/// Reads XML into a tree in one pass, guided by the shape; elements that the shape does not have are left out.
/// </summary>
internal static class XmlTreeReader
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CheckCharacters = false,
    };

    public static XmlReader Open(ReadOnlyMemory<byte> body)
    {
        var reader = XmlReader.Create(new MemoryStream(body.ToArray()), Settings);
        reader.MoveToContent();
        return reader;
    }

    /// <summary>Reads the element that the reader is on, and moves past it.</summary>
    public static JsonNode Read(XmlReader reader, Shape shape) =>
        shape.Kind switch
        {
            ShapeKind.Structure => Structure(reader, shape),
            ShapeKind.List => List(reader, shape),
            ShapeKind.Map => Map(reader, shape),
            _ => Scalars.Node(reader.ReadElementContentAsString(), shape),
        };

    /// <summary>Calls back for each child element; skips a child that the callback does not read.</summary>
    public static void Children(XmlReader reader, Func<string, bool> read)
    {
        if (reader.IsEmptyElement)
        {
            reader.Read();
            return;
        }

        reader.ReadStartElement();
        while (reader.MoveToContent() is not (XmlNodeType.EndElement or XmlNodeType.None))
        {
            if (reader.NodeType != XmlNodeType.Element || !read(reader.LocalName))
            {
                reader.Skip();
            }
        }

        reader.ReadEndElement();
    }

    private static JsonObject Structure(XmlReader reader, Shape shape)
    {
        var tree = new JsonObject();
        foreach (var (name, member) in shape.Members)
        {
            if (member.XmlAttribute && Attribute(reader, member.LocationName ?? name) is { } value)
            {
                tree[name] = Scalars.Node(value, member);
            }
        }

        Children(
            reader,
            element =>
            {
                if (!shape.WireMembers.TryGetValue(element, out var found) || found.Value.Location is not null)
                {
                    return false;
                }

                var (name, member) = found;
                switch (member)
                {
                    case { Kind: ShapeKind.List, Flattened: true }:
                        ((JsonArray)(tree[name] ??= new JsonArray())).Add(Read(reader, member.Member));
                        break;
                    case { Kind: ShapeKind.Map, Flattened: true }:
                        Entry(reader, member, (JsonObject)(tree[name] ??= new JsonObject()));
                        break;
                    default:
                        tree[name] = Read(reader, member);
                        break;
                }

                return true;
            }
        );
        return tree;
    }

    private static string? Attribute(XmlReader reader, string name) =>
        reader.GetAttribute(name) ?? reader.GetAttribute(name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..]);

    private static JsonArray List(XmlReader reader, Shape shape)
    {
        var items = new JsonArray();
        Children(
            reader,
            _ =>
            {
                items.Add(Read(reader, shape.Member));
                return true;
            }
        );
        return items;
    }

    private static JsonObject Map(XmlReader reader, Shape shape)
    {
        var map = new JsonObject();
        Children(
            reader,
            _ =>
            {
                Entry(reader, shape, map);
                return true;
            }
        );
        return map;
    }

    private static void Entry(XmlReader reader, Shape shape, JsonObject map)
    {
        string? key = null;
        JsonNode? value = null;
        Children(
            reader,
            element =>
            {
                if (element == XmlNames.Key(shape))
                {
                    key = reader.ReadElementContentAsString();
                }
                else if (element == XmlNames.Value(shape))
                {
                    value = Read(reader, shape.Value);
                }
                else
                {
                    return false;
                }

                return true;
            }
        );
        if (key is not null)
        {
            map[key] = value;
        }
    }
}
