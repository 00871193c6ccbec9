using System.Text.Json;

namespace Plumbline.Aws.Models;

/// <summary>The parts of a type; the same wherever the type is referred to.</summary>
internal sealed class ShapeParts
{
    public required IReadOnlyDictionary<string, Shape> Members { get; init; }
    public required IReadOnlyDictionary<string, KeyValuePair<string, Shape>> WireMembers { get; init; }
    public Shape? Member { get; init; }
    public Shape? Key { get; init; }
    public Shape? Value { get; init; }

    public static ShapeParts Read(ShapeTable table, JsonElement definition)
    {
        var members = new OrderedDictionary<string, Shape>();
        if (definition.TryGetProperty("members", out var declared))
        {
            foreach (var member in declared.EnumerateObject())
            {
                members.Add(member.Name, table.Resolve(member.Value));
            }
        }

        var byWireName = new Dictionary<string, KeyValuePair<string, Shape>>(members.Count);
        foreach (var member in members)
        {
            byWireName[member.Value.LocationName ?? member.Key] = member;
        }

        return new ShapeParts
        {
            Members = members,
            WireMembers = byWireName,
            Member = Part("member"),
            Key = Part("key"),
            Value = Part("value"),
        };

        Shape? Part(string name) => definition.TryGetProperty(name, out var part) ? table.Resolve(part) : null;
    }
}
