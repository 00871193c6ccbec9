using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Aws.Models;

namespace Plumbline.Aws.Protocols.Rest;

/// <summary>Lists in one header: commas separate the items, and an item with a comma is quoted.</summary>
internal static class HeaderLists
{
    public static string Write(JsonArray list, Shape member) =>
        string.Join(
            ", ",
            list.OfType<JsonNode>()
                .Select(item => Scalars.Text(item, member, "rfc822"))
                .Select(text => member.Kind == ShapeKind.String ? Quote(text) : text)
        );

    public static JsonArray Read(string header, Shape member)
    {
        var items = new JsonArray();
        foreach (var text in Split(header, commasInItem: IsHttpDate(member) ? 1 : 0))
        {
            items.Add(Scalars.Node(text, member));
        }

        return items;
    }

    private static string Quote(string text) =>
        text.AsSpan().IndexOfAny('"', ',') < 0 ? text : $"\"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static bool IsHttpDate(Shape member) =>
        member is { Kind: ShapeKind.Timestamp, TimestampFormat: null or "rfc822" };

    private static IEnumerable<string> Split(string header, int commasInItem)
    {
        var item = new StringBuilder();
        var (quoted, commas) = (false, 0);
        for (var i = 0; i < header.Length; i++)
        {
            var character = header[i];
            if (quoted && character == '\\' && i + 1 < header.Length)
            {
                item.Append(header[++i]);
            }
            else if (character == '"')
            {
                quoted = !quoted;
            }
            else if (character == ',' && !quoted && commas++ == commasInItem)
            {
                yield return item.ToString().Trim();
                item.Clear();
                commas = 0;
            }
            else
            {
                item.Append(character);
            }
        }

        if (item.Length > 0)
        {
            yield return item.ToString().Trim();
        }
    }
}
