using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Events;

/// <summary>
/// A target's input transformer: a template whose <c>&lt;names&gt;</c> are replaced with values of the event. Inside
/// quotes a value is written as text, elsewhere as JSON. A place that the event does not have gives an empty text.
/// </summary>
public sealed partial class InputTransformer
{
    /// <summary>Names that need no path.</summary>
    public static readonly IReadOnlyList<string> PredefinedNames =
    [
        "aws.events.rule-arn",
        "aws.events.rule-name",
        "aws.events.event",
        "aws.events.event.json",
        "aws.events.event.ingestion-time",
    ];

    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = JsonDepth.Kept,
    };

    private readonly string template;
    private readonly IReadOnlyDictionary<string, EventPath> paths;

    private InputTransformer(string template, IReadOnlyDictionary<string, EventPath> paths) =>
        (this.template, this.paths) = (template, paths);

    /// <param name="paths">The places by name: <c>InputPathsMap</c>.</param>
    /// <param name="template">The template: <c>InputTemplate</c>.</param>
    /// <exception cref="FormatException">
    /// A path is invalid, a name has no path, or the template does not give JSON.
    /// </exception>
    public static InputTransformer Parse(IReadOnlyDictionary<string, string> paths, string template)
    {
        var reserved = paths.Keys.FirstOrDefault(name => name.StartsWith("aws.events.", StringComparison.Ordinal));
        if (reserved is not null)
        {
            throw new FormatException(
                $"The name {reserved} is reserved: choose one that does not begin with aws.events."
            );
        }

        var transformer = new InputTransformer(
            template,
            paths.ToDictionary(path => path.Key, path => EventPath.Parse(path.Value), StringComparer.Ordinal)
        );
        var unknown = Name()
            .Matches(template)
            .Select(match => match.Groups["name"].Value)
            .FirstOrDefault(name => !paths.ContainsKey(name) && !PredefinedNames.Contains(name));
        if (unknown is not null)
        {
            throw new FormatException($"The template uses <{unknown}>, which InputPathsMap does not have.");
        }

        transformer.Render(new EventEnvelope([]), "arn", "rule");
        return transformer;
    }

    /// <summary>Returns the target's input, as JSON without needless space.</summary>
    /// <exception cref="FormatException">The filled template is not JSON.</exception>
    public string Render(EventEnvelope @event, string ruleArn, string ruleName)
    {
        var quoted = false;
        var text = Part()
            .Replace(
                template,
                part =>
                {
                    if (part.Value == "\"")
                    {
                        quoted = !quoted;
                    }

                    return part.Groups["name"] is { Success: true } name
                        ? Write(Value(name.Value, @event, ruleArn, ruleName), quoted)
                        : part.Value;
                }
            );
        try
        {
            return JsonNode.Parse(text, documentOptions: JsonDepth.KeptTexts)?.ToJsonString(Plain) ?? "null";
        }
        catch (JsonException exception)
        {
            throw new FormatException($"The filled template is not JSON: {exception.Message}", exception);
        }
    }

    private static string Write(JsonNode? value, bool quoted)
    {
        value ??= "";
        if (!quoted)
        {
            return value.ToJsonString(Plain);
        }

        return value is JsonValue simple && simple.TryGetValue(out string? text)
            ? JsonSerializer.Serialize(text, Plain)[1..^1]
            // Like AWS, remove the quotes of an object that is put into a text.
            : value.ToJsonString(Plain).Replace("\"", "", StringComparison.Ordinal);
    }

    private JsonNode? Value(string name, EventEnvelope @event, string ruleArn, string ruleName) =>
        name switch
        {
            "aws.events.rule-arn" => ruleArn,
            "aws.events.rule-name" => ruleName,
            "aws.events.event" => @event.WithoutDetail(),
            "aws.events.event.json" => @event.Tree,
            "aws.events.event.ingestion-time" => @event.Time,
            _ => paths[name].Find(@event.Tree),
        };

    [GeneratedRegex(@"<(?<name>[A-Za-z0-9._-]+)>")]
    private static partial Regex Name();

    /// <summary>An escaped character, a quote, or a name.</summary>
    [GeneratedRegex(@"\\.|""|<(?<name>[A-Za-z0-9._-]+)>", RegexOptions.Singleline)]
    private static partial Regex Part();
}
