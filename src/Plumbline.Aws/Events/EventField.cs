using System.Collections.Immutable;
using System.Text.Json;

namespace Plumbline.Aws.Events;

/// <summary>
/// A leaf of an event: its path with dots between the names, its value, and the array elements it lies in.
/// </summary>
/// <remarks>A dot inside a name looks like a dot between two names, as it does to AWS.</remarks>
internal sealed record EventField(string Path, JsonElement Value, ArrayPlaces Places)
{
    public static ILookup<string, EventField> Flatten(JsonElement @event)
    {
        var fields = new List<EventField>();
        var arrays = 0;
        Visit("", @event, ArrayPlaces.None);
        return fields.ToLookup(field => field.Path, StringComparer.Ordinal);

        void Visit(string path, JsonElement value, ArrayPlaces places)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.Object:
                    foreach (var member in value.EnumerateObject())
                    {
                        Visit(path.Length == 0 ? member.Name : $"{path}.{member.Name}", member.Value, places);
                    }

                    break;
                case JsonValueKind.Array:
                    var array = arrays++;
                    foreach (var (index, element) in value.EnumerateArray().Index())
                    {
                        var leaf = element.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);
                        Visit(path, element, leaf ? places : places.In(array, index));
                    }

                    break;
                default:
                    fields.Add(new EventField(path, value, places));
                    break;
            }
        }
    }
}

/// <summary>The element of each array above a value that the value is in.</summary>
internal sealed record ArrayPlaces(ImmutableDictionary<int, int> Elements)
{
    public static ArrayPlaces None { get; } = new(ImmutableDictionary<int, int>.Empty);

    public ArrayPlaces In(int array, int element) => new(Elements.SetItem(array, element));

    /// <summary>Combines two places; false if they are in different elements of the same array.</summary>
    public bool TryJoin(ArrayPlaces other, out ArrayPlaces joined)
    {
        joined = this;
        foreach (var (array, element) in other.Elements)
        {
            if (!Elements.TryGetValue(array, out var mine))
            {
                joined = joined.In(array, element);
            }
            else if (mine != element)
            {
                return false;
            }
        }

        return true;
    }
}
