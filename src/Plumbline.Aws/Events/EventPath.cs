using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Plumbline.Aws.Events;

/// <summary>A place in an event, in EventBridge's JSON path: <c>$.detail.items[0].name</c>, <c>$['a b']</c>.</summary>
public sealed partial class EventPath
{
    private readonly IReadOnlyList<string> steps;

    private EventPath(IReadOnlyList<string> steps) => this.steps = steps;

    /// <exception cref="FormatException">
    /// The text is not a path, or has a wildcard or a filter, which are not implemented.
    /// </exception>
    public static EventPath Parse(string text)
    {
        var form = Form().Match(text);
        if (!form.Success)
        {
            throw new FormatException($"'{text}' is not a JSON path such as $.detail.name or $.resources[0].");
        }

        return new EventPath([.. form.Groups["step"].Captures.Select(capture => capture.Value)]);
    }

    /// <summary>Returns the value at this place, or null if the event does not have it.</summary>
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
