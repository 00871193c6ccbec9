using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Tests.Protocols;

/// <summary>Compares trees and bodies by their meaning.</summary>
internal static class Trees
{
    /// <summary>
    /// Converts the parameters of a golden case to our trees: its blobs are plain text, and null means absent.
    /// </summary>
    public static JsonNode? FromGolden(JsonNode? value, Shape? shape) =>
        (value, shape?.Kind) switch
        {
            (null, _) => null,
            (JsonObject tree, ShapeKind.Structure) => Object(
                tree.Where(entry => entry.Value is not null)
                    .Select(entry => (entry.Key, FromGolden(entry.Value, shape!.Members.GetValueOrDefault(entry.Key))))
            ),
            (JsonObject map, ShapeKind.Map) => Object(
                map.Select(entry => (entry.Key, FromGolden(entry.Value, shape!.Value)))
            ),
            (JsonArray list, ShapeKind.List) => new JsonArray([
                .. list.Select(item => FromGolden(item, shape!.Member)),
            ]),
            (JsonValue text, ShapeKind.Blob) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text.GetValue<string>())),
            _ => value.DeepClone(),
        };

    /// <summary>
    /// A text that is the same for equal values, whatever the order of members and the spelling of numbers.
    /// </summary>
    public static string Canonical(JsonNode? node) =>
        node switch
        {
            null => "null",
            JsonObject tree => "{"
                + string.Join(
                    ",",
                    tree.OrderBy(entry => entry.Key, StringComparer.Ordinal)
                        .Select(entry => JsonSerializer.Serialize(entry.Key) + ":" + Canonical(entry.Value))
                )
                + "}",
            JsonArray list => "[" + string.Join(",", list.Select(Canonical)) + "]",
            JsonValue value when value.GetValueKind() == JsonValueKind.Number => Number(value),
            _ => node.ToJsonString(),
        };

    public static string CanonicalXml(string xml)
    {
        var root = XElement.Parse(xml);
        return Element(root);

        static string Element(XElement element)
        {
            var attributes = element
                .Attributes()
                .Where(attribute => !attribute.IsNamespaceDeclaration)
                .Select(attribute => $" {attribute.Name}='{attribute.Value}'")
                .Order(StringComparer.Ordinal);
            var children = element
                .Elements()
                .Where(child => child.Name.LocalName != "ResponseMetadata") // a Query answer's request id
                .Select((child, i) => (child.Name, i, Text: Element(child)))
                .OrderBy(child => child.Name.ToString(), StringComparer.Ordinal)
                .ThenBy(child => child.i)
                .Select(child => child.Text);
            var content = element.HasElements ? string.Concat(children) : element.Value;
            return $"<{element.Name}{string.Concat(attributes)}>{content}</>";
        }
    }

    private static string Number(JsonValue value) =>
        Tree.Long(value) is { } whole && whole.ToString(null as IFormatProvider) == value.ToJsonString()
            ? value.ToJsonString()
            : Tree.Double(value)!.Value.ToString("R", null);

    private static JsonObject Object(IEnumerable<(string Name, JsonNode? Value)> members)
    {
        var tree = new JsonObject();
        foreach (var (name, value) in members)
        {
            tree[name] = value;
        }

        return tree;
    }
}
