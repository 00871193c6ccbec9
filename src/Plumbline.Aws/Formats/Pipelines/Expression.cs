using System.Text.Json.Nodes;

namespace Plumbline.Aws.Formats.Pipelines;

/// <summary>Expressions stand in a definition for values that are known only when the step runs.</summary>
public static class Expression
{
    /// <summary>The key of a reference: <c>{"Get":"Parameters.Threshold"}</c>.</summary>
    public const string Get = "Get";

    /// <summary>The key of <c>{"Std:Join":{"On":"/","Values":[…]}}</c>.</summary>
    public const string Join = "Std:Join";

    /// <summary>
    /// The key of <c>{"Std:JsonGet":{"PropertyFile":{"Get":…},"Path":…}}</c>, or with S3Uri in place of PropertyFile.
    /// </summary>
    public const string JsonGet = "Std:JsonGet";

    /// <summary>The kind of an expression (one of the keys above); null for a plain value.</summary>
    public static string? KindOf(JsonNode? node) =>
        node is JsonObject { Count: 1 } single && single.First().Key is Get or Join or JsonGet
            ? single.First().Key
            : null;

    /// <summary>All references in a tree, at any depth.</summary>
    public static IEnumerable<string> References(JsonNode? node) =>
        node switch
        {
            JsonObject tree when KindOf(tree) == Get => [TextOf(tree[Get], Get)],
            JsonObject tree => tree.SelectMany(member => References(member.Value)),
            JsonArray list => list.SelectMany(References),
            _ => [],
        };

    /// <summary>All Std:JsonGet functions in a tree, at any depth.</summary>
    public static IEnumerable<JsonObject> JsonGets(JsonNode? node) =>
        node switch
        {
            JsonObject tree when KindOf(tree) == JsonGet => [Members(tree[JsonGet], JsonGet)],
            JsonObject tree => tree.SelectMany(member => JsonGets(member.Value)),
            JsonArray list => list.SelectMany(JsonGets),
            _ => [],
        };

    /// <summary>
    /// The step that a reference names and the path in its properties; null if it does not name a step.
    /// </summary>
    public static (string Step, string Path)? StepOf(string reference)
    {
        var parts = reference.Split('.', 3);
        return parts is ["Steps", var step, ..] ? (step, parts.Length == 3 ? parts[2] : "") : null;
    }

    internal static JsonObject Members(JsonNode? node, string place) =>
        node as JsonObject
        ?? throw PipelineDefinitionException.Unparsable($"Expecting start of Json Object. ({place})");

    internal static string TextOf(JsonNode? node, string place) =>
        node is JsonValue value && value.TryGetValue<string>(out var text)
            ? text
            : throw PipelineDefinitionException.Unparsable($"Expecting a string for '{place}'.");
}
