using System.Collections.Concurrent;
using System.Text.Json;

namespace Plumbline.Aws.Models;

/// <summary>The shapes of one model, made when they are first asked for: shapes may refer to themselves.</summary>
internal sealed class ShapeTable(JsonElement shapes)
{
    private readonly ConcurrentDictionary<string, ShapeParts> partsByName = new();

    public Shape Resolve(JsonElement reference)
    {
        var name = reference.GetProperty("shape").GetString()!;
        return new Shape(this, name, shapes.GetProperty(name), reference);
    }

    public ShapeParts PartsOf(string name, JsonElement definition) =>
        partsByName.GetOrAdd(name, static (_, seed) => ShapeParts.Read(seed.Item1, seed.Item2), (this, definition));
}
