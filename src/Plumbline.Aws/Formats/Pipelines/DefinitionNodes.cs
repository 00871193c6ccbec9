using System.Text.Json.Nodes;

namespace Plumbline.Aws.Formats.Pipelines;

/// <summary>Casts a definition's nodes to the expected kind, or throws AWS's message.</summary>
internal static class DefinitionNodes
{
    public static JsonObject Object(JsonNode? node, string place) =>
        node as JsonObject
        ?? throw PipelineDefinitionException.Unparsable($"Expecting start of Json Object. ({place})");

    public static JsonArray Array(JsonNode? node, string place) =>
        node as JsonArray ?? throw PipelineDefinitionException.Unparsable($"Expecting start of Json Array. ({place})");

    public static string Text(JsonNode? node, string place) => Expression.TextOf(node, place);

    public static string? OptionalText(JsonNode? node, string place) => node is null ? null : Text(node, place);

    public static IReadOnlyList<string> Texts(JsonNode? node, string place) =>
        node is null ? [] : [.. Array(node, place).Select(item => Text(item, place))];

    public static double? Number(JsonNode? node, string place) =>
        node is null ? null
        : node is JsonValue value && value.TryGetValue<double>(out var number) ? number
        : throw PipelineDefinitionException.Unparsable($"Expecting a number for '{place}'.");

    public static void CheckKnown(JsonObject tree, IEnumerable<string> known)
    {
        if (tree.Select(member => member.Key).Except(known).FirstOrDefault() is { } unknown)
        {
            throw PipelineDefinitionException.Unparsable($"Cannot parse object, unknown property '{unknown}'.");
        }
    }
}
