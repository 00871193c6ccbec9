using System.Globalization;
using System.Text.Json.Nodes;

namespace Plumbline.Aws.Formats.Pipelines;

/// <summary>
/// A path into a tree, as in <c>ProcessingOutputConfig.Outputs['evaluation'].S3Output.S3Uri</c> or
/// <c>$.folds[0]['f1.score']</c>.
/// </summary>
/// <param name="Segments">Member names and list positions.</param>
public sealed record PropertyPath(IReadOnlyList<PathSegment> Segments)
{
    /// <summary>Reads a path; a leading <c>$</c> is allowed.</summary>
    /// <exception cref="FormatException">The text is not a path.</exception>
    public static PropertyPath Parse(string text)
    {
        var segments = new List<PathSegment>();
        var at = text.StartsWith('$') ? 1 : 0;
        while (at < text.Length)
        {
            segments.Add(text[at] == '[' ? InBrackets(text, ref at) : AfterDot(text, ref at));
        }

        return new PropertyPath(segments);
    }

    /// <summary>Returns the value at the path, or null if the tree does not have it.</summary>
    public JsonNode? Find(JsonNode? root) => Segments.Aggregate(root, (node, segment) => segment.Of(node));

    private static PathSegment AfterDot(string text, ref int at)
    {
        var start = text[at] == '.' ? at + 1 : at;
        var end = text.IndexOfAny(['.', '['], start);
        end = end < 0 ? text.Length : end;
        at = end;
        return end > start
            ? new PathSegment(text[start..end], null)
            : throw new FormatException(
                $"The path '{text}' has an empty name at {start}: write a name, or remove the dot."
            );
    }

    private static PathSegment InBrackets(string text, ref int at)
    {
        var start = at + 1;
        var quote = start < text.Length && text[start] is '\'' or '"' ? text[start] : (char?)null;
        var end = quote is null
            ? text.IndexOf(']', start)
            : text.IndexOf($"{quote}]", start + 1, StringComparison.Ordinal);
        if (end < 0)
        {
            throw new FormatException($"The path '{text}' has a bracket at {at} without its ']'.");
        }

        at = end + (quote is null ? 1 : 2);
        if (quote is not null)
        {
            return new PathSegment(text[(start + 1)..end], null);
        }

        return int.TryParse(text[start..end], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? new PathSegment(null, index)
            : throw new FormatException(
                $"The path '{text}' has neither a number nor a quoted name at {start}: write [0] or ['name']."
            );
    }
}

/// <param name="Name">A member of an object, or the item of a list that carries this name.</param>
/// <param name="Index">A position in a list.</param>
public sealed record PathSegment(string? Name, int? Index)
{
    /// <summary>Returns the part of a node that the segment selects, or null if it does not have one.</summary>
    public JsonNode? Of(JsonNode? node) =>
        (node, Name, Index) switch
        {
            (JsonObject tree, { } name, _) => tree[name],
            (JsonArray list, { } name, _) => list.FirstOrDefault(item => IsNamed(item, name)),
            (JsonArray list, _, { } index) when index < list.Count => list[index],
            _ => null,
        };

    // Items of AWS's lists have a member with their name: OutputName, InputName, ChannelName, MetricName, Name.
    private static bool IsNamed(JsonNode? item, string name) =>
        item is JsonObject tree
        && tree.Any(member =>
            member.Key.EndsWith("Name", StringComparison.Ordinal)
            && member.Value is JsonValue value
            && value.TryGetValue<string>(out var text)
            && text == name
        );
}
