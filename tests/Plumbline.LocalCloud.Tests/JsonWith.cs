using System.Text.Json.Nodes;

namespace Plumbline.LocalCloud.Tests;

internal static class JsonWith
{
    /// <summary>Returns a copy of the tree with one more member.</summary>
    public static JsonObject With(this JsonObject tree, string name, JsonNode value)
    {
        var copy = tree.DeepClone().AsObject();
        copy[name] = value;
        return copy;
    }
}
