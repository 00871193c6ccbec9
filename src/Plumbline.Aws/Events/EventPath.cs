using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Plumbline.Aws.Events;

/// <summary>A place in an event, in the JSON path that EventBridge takes: <c>$.detail.items[0].name</c>, <c>$['a b']</c>.</summary>
public sealed partial class EventPath
{
    private readonly IReadOnlyList<string> steps;

    private EventPath(IReadOnlyList<string> steps) => this.steps = steps;

    /// <summary>Reads a path.</summary>
    /// <exception cref="FormatException">It is none, or of a kind that is not implemented (wildcards, filters).</exception>
    public static EventPath Parse(string text)
    {
        var form = Form().Match(text);
        if (!form.Success)
        {
            throw new FormatException($"'{text}' is not a JSON path such as $.detail.name or $.resources[0].");
        }

        return new EventPath([.. form.Groups["step"].Captures.Select(capture => capture.Value)]);
    }

    /// <summary>The value there; null where there is none.</summary>
    public JsonNode? Find(JsonNode @event)
    {
        JsonNode? node = @event;
        foreach (var step in steps)
        {
            node = node switch
            {
                JsonObject members => members[step],
                JsonArray elements
                    when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                        && index < elements.Count => elements[index],
                _ => null,
            };
        }

        return node;
    }

    [GeneratedRegex(
        @"^\$(?:\.(?<step>[^.\[\]'""*?()]+)|\[(?<step>[0-9]+)\]|\['(?<step>[^']+)'\]|\[""(?<step>[^""]+)""\])*\z"
    )]
    private static partial Regex Form();
}
