using System.Text;
using System.Text.Json.Nodes;
using System.Xml;
using Plumbline.Aws.Models;

namespace Plumbline.Aws.Protocols.Xml;

/// <summary>Writes a tree as XML, guided by the shape; members that the shape does not have are left out.</summary>
internal static class XmlTreeWriter
{
    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        CheckCharacters = false, // an S3 key may hold control characters; AWS writes them as character references
        NewLineHandling = NewLineHandling.Entitize,
        OmitXmlDeclaration = true, // AWS has a newline behind it, .NET does not, and clients read answers by lines
    };

    private static ReadOnlySpan<byte> Declaration => "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"u8;

    public static ReadOnlyMemory<byte> Document(Action<XmlWriter> write)
    {
        using var stream = new MemoryStream();
        stream.Write(Declaration);
        using (var writer = XmlWriter.Create(stream, Settings))
        {
            write(writer);
        }

        return stream.GetBuffer().AsMemory(0, (int)stream.Length);
    }

    /// <summary>A document of one empty element, byte for byte as S3 writes it.</summary>
    public static ReadOnlyMemory<byte> Empty(string name, string? space) =>
        (byte[])[.. Declaration, .. Encoding.UTF8.GetBytes($"<{name} xmlns=\"{space}\"/>")];

    public static void Element(
        XmlWriter writer,
        string name,
        JsonNode value,
        Shape shape,
        string? defaultNamespace = null
    )
    {
        switch (value, shape.Kind)
        {
            case (JsonArray list, ShapeKind.List) when shape.Flattened:
                foreach (var item in list.OfType<JsonNode>())
                {
                    Element(writer, name, item, shape.Member);
                }

                return;
            case (JsonObject map, ShapeKind.Map) when shape.Flattened:
                Entries(writer, name, map, shape, shape);
                return;
        }

        Start(writer, name, shape, defaultNamespace);
        switch (value, shape.Kind)
        {
            case (JsonObject tree, ShapeKind.Structure):
                Members(writer, tree, shape);
                break;
            case (JsonArray list, ShapeKind.List):
                foreach (var item in list.OfType<JsonNode>())
                {
                    Element(writer, XmlNames.Item(shape), item, shape.Member);
                }

                break;
            case (JsonObject map, ShapeKind.Map):
                Entries(writer, "entry", map, shape, null);
                break;
            default:
                writer.WriteString(Scalars.Text(value, shape, "iso8601"));
                break;
        }

        writer.WriteEndElement();
    }

    /// <summary>Writes the members of a structure into the open element, in the order of its shape.</summary>
    public static void Members(XmlWriter writer, JsonObject tree, Shape shape)
    {
        foreach (var (name, member) in shape.Members)
        {
            if (member.XmlAttribute && tree[name] is { } value)
            {
                Attribute(writer, member.LocationName ?? name, Scalars.Text(value, member, "iso8601"), shape);
            }
        }

        foreach (var (name, member) in shape.Members)
        {
            if (member is { XmlAttribute: false, Location: null } && tree[name] is { } value)
            {
                Element(writer, member.LocationName ?? name, value, member);
            }
        }
    }

    private static void Start(XmlWriter writer, string name, Shape? shape, string? defaultNamespace)
    {
        var space = shape?.XmlNamespace;
        if (space is { Prefix: null or "" } || (space is null && defaultNamespace is not null))
        {
            writer.WriteStartElement(name, space?.Uri ?? defaultNamespace);
        }
        else
        {
            writer.WriteStartElement(name); // stays in the namespace that is open
        }

        if (space is { Prefix: { Length: > 0 } prefix })
        {
            writer.WriteAttributeString("xmlns", prefix, null, space.Uri);
        }
    }

    private static void Attribute(XmlWriter writer, string name, string value, Shape parent)
    {
        if (name.Split(':') is [var prefix, var local])
        {
            writer.WriteAttributeString(prefix, local, parent.XmlNamespace?.Uri, value);
        }
        else
        {
            writer.WriteAttributeString(name, value);
        }
    }

    private static void Entries(XmlWriter writer, string name, JsonObject map, Shape shape, Shape? ofEntry)
    {
        foreach (var (key, value) in map)
        {
            if (value is null)
            {
                continue;
            }

            Start(writer, name, ofEntry, null);
            Element(writer, XmlNames.Key(shape), key, shape.Key);
            Element(writer, XmlNames.Value(shape), value, shape.Value);
            writer.WriteEndElement();
        }
    }
}
