using System.Text.Json.Nodes;
using Plumbline.Aws.Models;

namespace Plumbline.Aws.Protocols.Rest;

internal static class QueryBinding
{
    /// <summary>The fixed pairs and the members; a named member replaces a map's entry of the same name.</summary>
    public static List<KeyValuePair<string, string>> Write(JsonObject tree, Shape shape, UriTemplate template)
    {
        var pairs = new List<KeyValuePair<string, string>>(template.FixedQuery);
        foreach (var (name, member) in Located(shape, maps: false))
        {
            var key = member.LocationName ?? name;
            if (tree[name] is JsonArray list)
            {
                pairs.AddRange(
                    list.OfType<JsonNode>()
                        .Select(item => KeyValuePair.Create(key, Scalars.Text(item, member.Member, "iso8601")))
                );
            }
            else if (tree[name] is { } value)
            {
                pairs.Add(new(key, Scalars.Text(value, member, "iso8601")));
            }
        }

        var taken = pairs.Select(pair => pair.Key).ToHashSet();
        foreach (var (name, _) in Located(shape, maps: true))
        {
            foreach (var (key, value) in tree[name] as JsonObject ?? [])
            {
                if (!taken.Contains(key))
                {
                    var values = value is JsonArray list ? list.Select(Tree.Text) : [Tree.Text(value)];
                    pairs.AddRange(values.OfType<string>().Select(text => KeyValuePair.Create(key, text)));
                }
            }
        }

        return pairs;
    }

    public static void Read(JsonObject tree, Shape shape, string query)
    {
        if (query.Length == 0)
        {
            return;
        }

        var pairs = QueryPairs.Parse(query, plusIsSpace: true);
        foreach (var (name, member) in Located(shape, maps: false))
        {
            var values = pairs
                .Where(pair => pair.Key == (member.LocationName ?? name))
                .Select(pair => pair.Value)
                .ToArray();
            if (values.Length == 0)
            {
                continue;
            }

            tree[name] =
                member.Kind == ShapeKind.List
                    ? new JsonArray([.. values.Select(text => Scalars.Node(text, member.Member))])
                : values[0].Length == 0 && member.Kind != ShapeKind.String ? null
                : Scalars.Node(values[0], member);
        }

        foreach (var (name, member) in Located(shape, maps: true))
        {
            var map = new JsonObject();
            foreach (var pairsOfKey in pairs.GroupBy(pair => pair.Key, pair => pair.Value))
            {
                map[pairsOfKey.Key] =
                    member.Value.Kind == ShapeKind.List
                        ? new JsonArray([.. pairsOfKey.Select(text => (JsonNode)text)])
                        : pairsOfKey.First();
            }

            tree[name] = map;
        }
    }

    private static IEnumerable<KeyValuePair<string, Shape>> Located(Shape shape, bool maps) =>
        shape.Members.Where(member =>
            member.Value.Location == "querystring" && (member.Value.Kind == ShapeKind.Map) == maps
        );
}
