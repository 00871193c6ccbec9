using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Events;

/// <summary>
/// An EventBridge event pattern selects the events of a rule. Names are case sensitive. All named fields must match; of
/// a field's values, one is enough. Fields below one array must match within the same element of it.
/// </summary>
public sealed class EventPattern
{
    private readonly IReadOnlyList<IReadOnlyDictionary<string, IReadOnlyList<ValueMatcher>>> branches;

    private EventPattern(IReadOnlyList<IReadOnlyDictionary<string, IReadOnlyList<ValueMatcher>>> branches) =>
        this.branches = branches;

    /// <param name="text">The pattern's JSON.</param>
    /// <exception cref="Errors.AwsException"><c>InvalidEventPatternException</c>, in AWS's words.</exception>
    public static EventPattern Parse(string text) => new(new PatternReader(text).Read());

    /// <summary>True if the pattern selects this event, given in EventBridge's envelope.</summary>
    public bool Matches(JsonObject @event) => Matches(JsonSerializer.SerializeToElement(@event, JsonDepth.KeptForms));

    /// <inheritdoc cref="Matches(JsonObject)"/>
    public bool Matches(JsonElement @event)
    {
        var fields = EventField.Flatten(@event);
        return branches.Any(branch => Matches(branch, fields));
    }

    private static bool Matches(
        IReadOnlyDictionary<string, IReadOnlyList<ValueMatcher>> branch,
        ILookup<string, EventField> fields
    )
    {
        var choices = new List<List<EventField>>();
        foreach (var (path, matchers) in branch)
        {
            var matching = fields[path].Where(field => matchers.Any(matcher => matcher.Matches(field.Value))).ToList();
            if (matching.Count > 0)
            {
                choices.Add(matching);
            }
            else if (fields.Contains(path) || !matchers.OfType<IsAbsent>().Any())
            {
                return false;
            }
        }

        return HasConsistentChoice(choices, 0, ArrayPlaces.None);
    }

    /// <summary>
    /// True if one field of each list can be chosen so that no two lie in different elements of one array.
    /// </summary>
    private static bool HasConsistentChoice(List<List<EventField>> choices, int next, ArrayPlaces chosen) =>
        next == choices.Count
        || choices[next]
            .Any(field =>
                chosen.TryJoin(field.Places, out var joined) && HasConsistentChoice(choices, next + 1, joined)
            );
}
