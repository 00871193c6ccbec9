using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Plumbline.Aws.Models;

namespace Plumbline.Aws.Protocols.Rest;

/// <summary>Writes and reads members that are headers, in requests and in answers.</summary>
internal static class HeaderBinding
{
    public static void Write(JsonObject tree, Shape shape, IHeaderDictionary headers)
    {
        foreach (var (name, member) in shape.Members)
        {
            if (member.Location is not ("header" or "headers") || tree[name] is not { } value)
            {
                continue;
            }

            var header = member.LocationName ?? name;
            switch (value)
            {
                case JsonObject map when member.Location == "headers":
                    foreach (var (key, item) in map)
                    {
                        headers[header + key] = Tree.Text(item);
                    }

                    break;
                case JsonArray { Count: 0 }:
                    break;
                case JsonArray list when member.Kind == ShapeKind.List:
                    headers[header] = HeaderLists.Write(list, member.Member);
                    break;
                case JsonValue when member.JsonValue:
                    headers[header] = Convert.ToBase64String(Encoding.UTF8.GetBytes(Scalars.Text(value, member, "")));
                    break;
                default:
                    headers[header] = Scalars.Text(value, member, "rfc822");
                    break;
            }
        }
    }

    public static void Read(JsonObject tree, Shape shape, IHeaderDictionary headers)
    {
        foreach (var (name, member) in shape.Members)
        {
            var header = member.LocationName ?? name;
            if (member.Location == "headers")
            {
                ReadMap(tree, name, header, headers);
            }
            else if (
                member.Location == "header"
                && headers.TryGetValue(header, out var values)
                && values.Count > 0
                && Value(values, member) is { } value
            )
            {
                tree[name] = value;
            }
        }
    }

    private static void ReadMap(JsonObject tree, string name, string prefix, IHeaderDictionary headers)
    {
        var map = new JsonObject();
        foreach (var (key, values) in headers)
        {
            if (key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                map[key[prefix.Length..]] = values.ToString();
            }
        }

        if (map.Count > 0)
        {
            tree[name] = map;
        }
    }

    private static JsonNode? Value(StringValues values, Shape member)
    {
        var text = values.ToString();
        return member switch
        {
            { Kind: ShapeKind.List } => text.Length == 0 ? null : HeaderLists.Read(text, member.Member),
            { JsonValue: true } => JsonValue.Create(Encoding.UTF8.GetString(Convert.FromBase64String(text))),
            { Kind: ShapeKind.String } => JsonValue.Create(text),
            _ => text.Length == 0 ? null : Scalars.Node(text, member),
        };
    }
}
