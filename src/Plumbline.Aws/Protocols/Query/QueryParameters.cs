using System.Text.Json.Nodes;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols.Rest;
using Plumbline.Aws.Protocols.Xml;

namespace Plumbline.Aws.Protocols.Query;

/// <summary>Converts a tree to parameters with dotted names, and back.</summary>
internal sealed class QueryParameters
{
    private readonly Dictionary<string, QueryParameters> children = [];
    private string? value;

    /// <summary>Reads a form body into a trie over the parts of the names.</summary>
    public static QueryParameters Parse(string form)
    {
        var root = new QueryParameters();
        foreach (var (name, value) in QueryPairs.Parse(form, plusIsSpace: true))
        {
            var node = root;
            foreach (var part in name.Split('.'))
            {
                if (!node.children.TryGetValue(part, out var child))
                {
                    node.children[part] = child = new QueryParameters();
                }

                node = child;
            }

            node.value = value;
        }

        return root;
    }

    public string? Get(string name) => children.GetValueOrDefault(name)?.value;

    public JsonObject Structure(Shape shape)
    {
        var tree = new JsonObject();
        foreach (var (name, member) in shape.Members)
        {
            if (children.GetValueOrDefault(member.LocationName ?? name) is { } child && child.Read(member) is { } read)
            {
                tree[name] = read;
            }
        }

        return tree;
    }

    private JsonNode? Read(Shape shape) =>
        shape.Kind switch
        {
            ShapeKind.Structure => Structure(shape),
            ShapeKind.List => List(shape),
            ShapeKind.Map => Map(shape),
            _ => value is null ? null : Scalars.Node(value, shape),
        };

    private JsonArray List(Shape shape)
    {
        var items = new JsonArray();
        var parent = shape.Flattened ? this : children.GetValueOrDefault(XmlNames.Item(shape));
        foreach (var child in parent?.InOrder() ?? [])
        {
            items.Add(child.Read(shape.Member));
        }

        return items;
    }

    private JsonObject Map(Shape shape)
    {
        var map = new JsonObject();
        var parent = shape.Flattened ? this : children.GetValueOrDefault("entry");
        foreach (var entry in parent?.InOrder() ?? [])
        {
            if (entry.Get(XmlNames.Key(shape)) is { } key)
            {
                map[key] = entry.children.GetValueOrDefault(XmlNames.Value(shape))?.Read(shape.Value);
            }
        }

        return map;
    }

    private IEnumerable<QueryParameters> InOrder() =>
        children
            .Where(child => int.TryParse(child.Key, out _))
            .OrderBy(child => int.Parse(child.Key, null))
            .Select(child => child.Value);

    public static void Write(List<KeyValuePair<string, string>> parameters, string name, JsonNode value, Shape shape)
    {
        switch (value, shape.Kind)
        {
            case (JsonObject tree, ShapeKind.Structure):
                WriteMembers(parameters, name, tree, shape);
                break;
            case (JsonArray { Count: 0 }, ShapeKind.List):
                parameters.Add(new(name, ""));
                break;
            case (JsonArray list, ShapeKind.List):
                var items = shape.Flattened ? name : $"{name}.{XmlNames.Item(shape)}";
                for (var i = 0; i < list.Count; i++)
                {
                    Write(parameters, $"{items}.{i + 1}", list[i]!, shape.Member);
                }

                break;
            case (JsonObject map, ShapeKind.Map):
                var number = 0;
                foreach (var (key, item) in map)
                {
                    var entry = $"{name}{(shape.Flattened ? "" : ".entry")}.{++number}";
                    parameters.Add(new($"{entry}.{XmlNames.Key(shape)}", key));
                    Write(parameters, $"{entry}.{XmlNames.Value(shape)}", item!, shape.Value);
                }

                break;
            default:
                parameters.Add(new(name, Scalars.Text(value, shape, "iso8601")));
                break;
        }
    }

    public static void WriteMembers(
        List<KeyValuePair<string, string>> parameters,
        string prefix,
        JsonObject tree,
        Shape shape
    )
    {
        foreach (var (name, member) in shape.Members)
        {
            if (tree[name] is { } value)
            {
                Write(
                    parameters,
                    $"{prefix}{(prefix.Length > 0 ? "." : "")}{member.LocationName ?? name}",
                    value,
                    member
                );
            }
        }
    }
}
